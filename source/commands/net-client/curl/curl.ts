import type {Machine} from '../../../node/host/machine.js';
import {FileError} from '../../../os/files.js';
import type {Command, Io, Run} from '../../../shell/command.js';
import {hasIpv6Host, refuse, refuseIpv6} from '../refuse.js';
import {helpText} from './help.js';
import {fetchAll} from './operation.js';
import {type CurlOptions, formMethod, headMethod} from './options.js';
import {parseOptions} from './parse.js';
import {fileText, prepared} from './prepare.js';
import {otherSchemes, unknownProtocols} from './protocols.js';
import {OtherProxy} from './proxy.js';
import {libraryVersion, userAgent} from './request.js';
import type {Pool} from './transfer.js';
import {twoMethods, warning} from './warning.js';

const hint = "curl: try 'curl --help' or 'curl --manual' for more information\n";
const version = `${userAgent.replace('/', ' ')} (x86_64-pc-linux-gnu) ${libraryVersion}\nRelease-Date: 2023-02-20\nProtocols: http https\nFeatures: IPv6 Largefile SSL\n`;
const curl: Command<Machine> = {
	name: 'curl',
	summary: 'transfer a URL',
	*run(io) {
		const words = io.argv.slice(1);
		const named = words.findIndex(word => word === '--help' || word === '-h');
		if (named >= 0) return help(io, words[named + 1]);
		const parsed = parseOptions(words[0] === '-q' || words[0] === '--disable' ? words : [...ownConfig(io), ...words], name =>
			fileText(io, name),
		);
		if ('lacking' in parsed) return /^curl (?:-6|--ipv6)$/.test(parsed.lacking) ? refuseIpv6(io, 'curl -6') : refuse(io, parsed.lacking);
		if ('mistake' in parsed) {
			for (const operation of parsed.before ?? []) yield* operate(io, operation, new Map());
			io.err(`${parsed.first ?? ''}curl: ${parsed.mistake}\n${hint}`);
			return parsed.status ?? 2;
		}

		const {operations, warnings} = parsed;
		if (operations[0]!.flags.has('version')) {
			io.out(version);
			return 0;
		}

		const {flags, values} = operations[0]!;
		const spoken = redirected(io, values.get('stderr'));
		if (!flags.has('silent')) for (const text of warnings) spoken.err(warning(text));
		startTrace(io, values.get('trace-ascii') ?? values.get('trace'));
		const pool: Pool = new Map();
		let status = 0;
		for (const operation of operations) {
			status = yield* operate(spoken, operation, pool);
			if (status !== 0 && flags.has('fail-early')) break;
		}

		for (const {channel} of pool.values()) channel.close();
		return status;
	},
};

export default curl;

/** One of what `--next` keeps apart. */
function* operate(io: Io<Machine>, options: CurlOptions, pool: Pool): Run {
	const methods = methodsOf(options);
	if (methods.length > 1) {
		if (!options.flags.has('silent')) io.err(twoMethods(methods));
		return 2;
	}

	if (options.urls.length === 0) {
		io.err(io.argv.length > 1 ? `curl: no URL specified!\n${hint}` : hint);
		return 2;
	}

	const lacking = unsimulated(io, options);
	if (lacking === 'ipv6') return refuseIpv6(io, `curl ${options.urls.find(hasIpv6Host)}`);
	if (lacking !== undefined) return refuse(io, `curl ${lacking}`);
	if (!options.flags.has('silent')) for (const name of unknownProtocols(options)) io.err(warning(`unrecognized protocol '${name}'`));
	try {
		return yield* fetchAll(io, yield* prepared(io, options), pool);
	} catch (error) {
		if (!(error instanceof OtherProxy)) throw error;
		return refuse(io, `curl --proxy ${error.message}`);
	}
}

/** What the real one could do with these URLs and this one cannot. */
function unsimulated({machine}: Io<Machine>, {urls, flags, values}: CurlOptions): string | undefined {
	const url = urls.find(each => otherSchemes.some(scheme => each.toLowerCase().startsWith(`${scheme}://`)));
	if (url && !values.has('proto')) return `${url.split('/')[0]}//`;
	if (urls.some(hasIpv6Host)) return 'ipv6';
	// Over plain HTTP it would ask for an upgrade.
	if (flags.has('http2') && urls.some(each => !/^https:/i.test(each))) return '--http2';
	const socket = values.get('unix-socket');
	if (socket !== undefined && /^(?:\/var)?\/run\//.test(socket) && machine.kind === 'host') return `--unix-socket ${socket}`;
	const traced = values.has('trace') || values.has('trace-ascii');
	return traced && urls.some(each => /^https:/i.test(each)) ? '--trace of https' : undefined;
}

function help(io: Io<Machine>, category: string | undefined): number {
	const text = helpText(category);
	if (text === undefined) return refuse(io, `curl --help ${category}`);
	io.out(text);
	return 0;
}

const ownConfig = (io: Io<Machine>): readonly string[] =>
	io.machine.files.exists(`${io.env['HOME'] ?? '/root'}/.curlrc`) ? ['-K', `${io.env['HOME'] ?? '/root'}/.curlrc`] : [];

/** `--stderr FILE`; `-` is standard output. */
function redirected(io: Io<Machine>, name: string | undefined): Io<Machine> {
	if (name === undefined) return io;
	if (name === '-') return {...io, err: text => io.out(text)};
	const {files} = io.machine;
	files.write(io.path(name), '');
	return {...io, err: text => files.write(io.path(name), text, {append: true})};
}

function startTrace(io: Io<Machine>, name: string | undefined): void {
	if (name === undefined || name === '-' || name === '%') return;
	try {
		io.machine.files.write(io.path(name), '');
	} catch (error) {
		if (!(error instanceof FileError)) throw error;
	}
}

/** What asks for a request of its own kind, as curl names it. */
const methodsOf = ({flags, data, form, values}: CurlOptions): readonly string[] => [
	...(values.has('upload-file') ? ['PUT (-T, --upload-file)'] : []),
	...(data.length > 0 && !flags.has('get') ? ['POST (-d, --data)'] : []),
	...(flags.has('get') && form.length > 0 ? ['GET (-G, --get)'] : []),
	...(form.length > 0 ? [formMethod] : []),
	...(flags.has('head') ? [headMethod] : []),
];
