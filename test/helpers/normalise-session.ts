/** What differs between two runs of the same steps on any cluster: names drawn at random, ages, times, identifiers, addresses given out. */
const safe = 'bcdfghjklmnpqrstvwxz2456789';
const age = /\b(?:\d+d)?(?:\d+h)?(?:\d+m)?\d+(?:ms|s)\b|\b\d+d\d+h\b|\b\d+h\d+m\b|\b\d+[mhd]\b(?=\s|$|\))/gm;

type Rule = readonly [pattern: RegExp, replacement: string];

const identifiers: readonly Rule[] = [
	[/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uid>'],
	[/\b[0-9a-f]{64}\b/g, '<sha256>'],
	[/0xc[0-9a-f]{9,}/g, '<pointer>'],
	[/(resourceVersion"?: ?)"?\d+"?/g, '$1<version>'],
	[/Image size: \d+ bytes/g, 'Image size: <n> bytes'],
];
const times: readonly Rule[] = [
	[/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/g, '<time>'],
	[/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4} \w+/g, '<time>'],
	[/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>'],
];
const names: readonly Rule[] = [
	[new RegExp(`-[${safe}]{6,10}-[${safe}]{5}\\b`, 'g'), '-<hash>-<rand>'],
	[
		new RegExp(
			`((?:pod-template-hash|controller-revision-hash|controller-uid|replicaset\\.apps)[=:/ "]*[a-z0-9.-]*?-?)\\b[${safe}]{6,10}\\b`,
			'g',
		),
		'$1<hash>',
	],
	[new RegExp(`([a-z0-9])-[${safe}]{8,10}\\b`, 'g'), '$1-<hash>'],
	[new RegExp(`([a-z0-9])-(?=[${safe}]*\\d|[${safe}]{5}\\b)[${safe}]{5}\\b`, 'g'), '$1-<rand>'],
];

/** `session`: all commands of the run; addresses, ports and nodes that they name are left alone. */
export function normaliser(session: string): (text: string) => string {
	const named = (text: string) => new RegExp(`\\b${text.replaceAll('.', '\\.')}\\b`).test(session);
	const unless = (replacement: string) => (text: string) => (named(text) ? text : replacement);
	const kept = new Set(['10.96.0.1', '10.96.0.10']);
	return text => {
		let out = text;
		for (const [pattern, replacement] of [...identifiers, ...times]) out = out.replace(pattern, replacement);
		out = out.replace(/172\.25\.254\.[12]0\b/g, unless('<nodeIP>'));
		for (const [pattern, replacement] of names) out = out.replace(pattern, replacement);
		return out
			.replace(/\b10\.244\.\d+\.\d+\b/g, '<podIP>')
			.replace(/\b10\.(?:9[6-9]|10\d|11[01])\.\d+\.\d+\b/g, address => (kept.has(address) ? address : unless('<serviceIP>')(address)))
			.replace(/\b3[0-2]\d{3}\b/g, port => (Number(port) > 32_767 ? port : unless('<nodePort>')(port)))
			.replace(age, '<age>')
			.replace(/\(x\d+ over <age>\)/g, '(xN over <age>)')
			.replace(/k8s-node[12]\b/g, node => (/\bk8s-node[12]\b/.test(session) ? node : '<node>'))
			.replace(/https?:\/\/(?:127\.0\.0\.1|172\.25\.254\.100):\d+/g, '<server>')
			.replace(/v1\.33\.\d+/g, '<version>')
			.replace(/\/(?:tmp|var|root)(?:\/[^\s"':]*|\b)/g, '<path>')
			.split('\n')
			.map(line => line.replace(/[ \t]+/g, ' ').trimEnd())
			.join('\n')
			.trim()
			.replace(/(?:^\S+: \d+ bytes\n?){2,}/gm, block => block.trimEnd().split('\n').sort().join('\n'));
	};
}
