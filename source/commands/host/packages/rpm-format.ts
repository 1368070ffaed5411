import {nevra, type Package} from '../../../os/packages.js';

/** A tag of `--queryformat` that has no value here; `known`: rpm has one. */
export class UnknownTag extends Error {
	readonly tag: string;
	readonly known: boolean;

	constructor(tag: string) {
		super(tag);
		this.tag = tag;
		this.known = notKept.has(tag.toUpperCase());
	}
}

const evr = (item: Package) => `${item.version}-${item.release}`;
const nvr = (item: Package) => `${item.name}-${evr(item)}`;

const tags: Readonly<Record<string, (item: Package) => string>> = {
	NAME: item => item.name,
	N: item => item.name,
	VERSION: item => item.version,
	V: item => item.version,
	RELEASE: item => item.release,
	R: item => item.release,
	ARCH: item => item.arch,
	EPOCH: () => '(none)',
	EPOCHNUM: () => '0',
	OS: () => 'linux',
	SIZE: item => String(item.installedSize),
	LONGSIZE: item => String(item.installedSize),
	SUMMARY: item => item.summary,
	EVR: evr,
	NVR: nvr,
	NEVR: nvr,
	NVRA: nevra,
	NEVRA: nevra,
	SOURCERPM: item => `${nvr(item)}.src.rpm`,
};

const notKept = new Set(
	'BUILDHOST BUILDTIME CHANGELOGTEXT DESCRIPTION FILENAMES GROUP INSTALLTIME LICENSE PACKAGER PROVIDES REQUIRES SIGPGP URL VENDOR'.split(
		' ',
	),
);

const escapes: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v'};

/** `%{NAME}`, `%-30{NAME}`, `\n`. Models lib/headerfmt.c. */
export const queryFormat = (format: string, item: Package): string =>
	format.replaceAll(
		/\\(.)|%%|%(-?)(\d*)\{([^}:]*)(?::[^}]*)?\}/g,
		(whole, escaped?: string, left?: string, width?: string, tag?: string) => {
			if (escaped !== undefined) return escapes[escaped] ?? escaped;
			if (whole === '%%') return '%';
			const name = tag!.toUpperCase().replace(/^RPMTAG_/, '');
			if (!Object.hasOwn(tags, name) || whole.includes(':')) throw new UnknownTag(whole.includes(':') ? 'FILENAMES' : tag!);
			const text = tags[name]!(item);
			return left ? text.padEnd(Number(width)) : text.padStart(Number(width));
		},
	);

/** `rpm -qi`: what is known of it. */
export const description = (item: Package): readonly string[] =>
	[
		['Name', item.name],
		['Version', item.version],
		['Release', item.release],
		['Architecture', item.arch],
		['Size', String(item.installedSize)],
		['Source RPM', `${nvr(item)}.src.rpm`],
		['Summary', item.summary],
	].map(([name, value]) => `${name!.padEnd(12)}: ${value}`);
