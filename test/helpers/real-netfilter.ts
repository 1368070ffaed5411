import {spawnSync} from 'node:child_process';

/** The kernel and the tools of the machine that runs the tests, in a network namespace that ends with the script. */
function sh(script: string, input = '') {
	const {status, stdout, stderr} = spawnSync('unshare', ['-n', 'sh', '-c', script], {input, encoding: 'utf8', timeout: 60_000});
	return {ok: status === 0, out: stdout ?? '', error: stderr ?? ''};
}

const version = 'v1.8.9 (nf_tables)';

/** Why nothing can be compared here; undefined when it can. */
export function missing(): string | undefined {
	const {ok, out} = sh('iptables -A INPUT -m recent --set -j LOG && ipset create x hash:ip && iptables --version');
	if (!ok) return 'there is no iptables, no ipset, or no right to make a network namespace';
	return out.includes(version) ? undefined : `its iptables is ${out.trim()}, the simulated one ${version}`;
}

/** Matches that want more of the kernel than a namespace has of its own: the rest of the rule is loaded without them. */
const wanting: ReadonlyArray<readonly [probe: string, written: RegExp]> = [
	['iptables -A INPUT -m ipvs --vdir ORIGINAL', / -m ipvs(?: --v\S+ \S+)+/g],
	['nfacct add n && iptables -A INPUT -m nfacct --nfacct-name n', / -m nfacct --nfacct-name +\S+/g],
];
let lacking: ReadonlyArray<RegExp> | undefined;

/** Rules that this kernel can take. */
export function loadable(saved: string): string {
	lacking ??= wanting.filter(([probe]) => !sh(probe).ok).map(([, written]) => written);
	return lacking.reduce((text, written) => text.replace(written, ''), saved);
}

/** What is listed after the real tools have read this; counters and the two comment lines left out. */
export function reload(saved: string, sets = ''): {rules: string; sets: string; error: string} {
	const counters = [...new Set([...saved.matchAll(/--nfacct-name +(\S+)/g)].map(([, name]) => name))].map(name => `nfacct add ${name}`);
	const script = [
		'all=$(cat)',
		...counters,
		`printf '%s' "$all" | sed -n '/^create\\|^add/p' | ipset restore`,
		`printf '%s\\n' "$all" | sed '/^create\\|^add/d' | iptables-restore`,
		'iptables-save | grep -v "^#"',
		'echo SETS',
		'ipset save',
	].join('\n');
	const {out, error} = sh(script, `${sets}${saved}`);
	const [rules = '', listed = ''] = out.split('SETS\n');
	return {rules, sets: listed, error};
}
