import type {Branch, Checkpoint, ListedMoment} from './moment.js';

const lineMax = 100;

/** One row a line: step, virtual seconds, the line, and what bears a name there. What was undone stands in parentheses. */
export function timelineText(branch: string, moments: readonly ListedMoment[]): string {
	const rows = moments.map(({step, atMs, line, when, checkpoints, branches}) => {
		const shown = line ? short(line) : 'start';
		const names = [...checkpoints.map(name => `[${name}]`), ...branches.map(name => `<${name}>`)].join(' ');
		const mark = when === 'present' ? '*' : ' ';
		return `${mark} ${String(step).padStart(4)}  ${(atMs / 1000).toFixed(1).padStart(8)}s  ${when === 'future' ? `(${shown})` : shown}${names ? `  ${names}` : ''}`;
	});
	return `branch ${branch}\n${rows.join('\n')}\n`;
}

export function branchesText(branches: readonly Branch[], checkpoints: readonly Checkpoint[]): string {
	const rows = [
		...branches.map(({name, tip, current}) => `${current ? '*' : ' '} ${name}  step ${tip.step}${tip.line ? `: ${short(tip.line)}` : ''}`),
		...checkpoints.map(({name, moment}) => `  [${name}]  step ${moment.step}`),
	];
	return `${rows.join('\n')}\n`;
}

function short(line: string): string {
	const first = line.split('\n', 1)[0]!;
	return first.length > lineMax || first !== line ? `${first.slice(0, lineMax)}…` : first;
}
