import {formatSelector} from '../cells.js';
import type {Lines} from './lines.js';

/** `key=value:NoSchedule op=Exists for 300s`, one a line, by key. */
export function putTolerations(lines: Lines, title: string, tolerations: readonly any[] | undefined): void {
	const list = [...(tolerations ?? [])]
		.map((one, at) => ({one, at}))
		.sort((a, b) => ((a.one.key ?? '') < (b.one.key ?? '') ? -1 : (a.one.key ?? '') > (b.one.key ?? '') ? 1 : a.at - b.at));
	lines.put(0, `${title}:\t${list.length === 0 ? '<none>\n' : ''}`);
	list.forEach(({one}, at) => {
		lines.put(0, `${at > 0 ? '\t' : ''}${tolerationText(one)}\n`);
	});
}

function tolerationText({key = '', value = '', effect = '', operator, tolerationSeconds}: any): string {
	const exists = operator === 'Exists' && value === '' ? (key !== '' || effect !== '' ? ' op=Exists' : 'op=Exists') : '';
	return `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}${exists}${tolerationSeconds === undefined || tolerationSeconds === null ? '' : ` for ${tolerationSeconds}s`}`;
}

export function putSpreadConstraints(lines: Lines, constraints: readonly any[] | undefined, space: string): void {
	if (!constraints || constraints.length === 0) return;
	const sorted = [...constraints].sort((a, b) => (a.topologyKey < b.topologyKey ? -1 : a.topologyKey > b.topologyKey ? 1 : 0));
	lines.put(0, `${space}Topology Spread Constraints:\t`);
	sorted.forEach((one, at) => {
		const selector = one.labelSelector ? ` for selector ${formatSelector(one.labelSelector)}` : '';
		lines.put(
			0,
			`${at > 0 ? `${space}\t` : ''}${one.topologyKey}:${one.whenUnsatisfiable} when max skew ${one.maxSkew} is exceeded${selector}\n`,
		);
	});
}
