import {byText, isMarked, labsOf, type Marked, type Submission} from './class-report.js';

/** Two submissions that resemble each other more than the class does. A hint to look, never a proof. */
export interface Pair {
	readonly lab: string;
	readonly a: Submission;
	readonly b: Submission;
	/** Shared part of what either has apart from the rest of the class, in per cent. */
	readonly percent: number;
}

const shingleTokens = 5;
const sharedMin = 8;
const percentMin = 60;
const pairsShown = 50;
/** What this many write is what the lab asks for, not what one copied from another. */
const commonShare = 0.25;
const [commonMin, commonMax] = [4, 40];

export const similarPairs = (submissions: readonly Submission[]): Pair[] =>
	labsOf(submissions)
		.flatMap(lab => pairsOf(submissions.filter(isMarked).filter(({report}) => report.lab === lab)))
		.sort((x, y) => y.percent - x.percent || byText(x.a.file, y.a.file) || byText(x.b.file, y.b.file))
		.slice(0, pairsShown);

function pairsOf(marked: readonly Marked[]): Pair[] {
	const holders = new Map<string, number[]>();
	marked.forEach(({report}, index) => {
		for (const shingle of shingles(report.timeline.map(({run}) => run))) holders.set(shingle, [...(holders.get(shingle) ?? []), index]);
	});
	const limit = Math.min(commonMax, Math.max(commonMin, Math.floor(commonShare * marked.length)));
	const own = marked.map(() => 0);
	const shared = new Map<number, number>();
	for (const list of holders.values()) {
		if (list.length > limit) continue;
		list.forEach((a, place) => {
			own[a]!++;
			for (const b of list.slice(place + 1)) shared.set(a * marked.length + b, (shared.get(a * marked.length + b) ?? 0) + 1);
		});
	}
	return [...shared].flatMap(([key, count]) => {
		const [a, b] = [Math.floor(key / marked.length), key % marked.length];
		const percent = Math.round((100 * count) / (own[a]! + own[b]! - count));
		if (count < sharedMin || percent < percentMin) return [];
		return [{lab: marked[a]!.report.lab, a: marked[a]!, b: marked[b]!, percent}];
	});
}

/** Runs of five words. A name counts as "the n-th new name", so that renaming everything hides nothing. */
export function shingles(commands: readonly string[]): Set<string> {
	const names = new Map<string, string>();
	const tokens = commands.flatMap(command => [...words(command).map((word, place) => normal(word, place, names)), ';']);
	const all = new Set<string>();
	for (let at = 0; at + shingleTokens <= tokens.length; at++) all.add(tokens.slice(at, at + shingleTokens).join(' '));
	return all;
}

const words = (command: string) => command.match(/[\p{L}\p{N}_.-]+|[|<>&;=]/gu) ?? [];

/** The program, its verb and kind, and flags say what is done; the rest are names, numbers and texts. */
function normal(word: string, place: number, names: Map<string, string>): string {
	if (place < 3 || word.startsWith('-') || /^[^\p{L}\p{N}]/u.test(word)) return word;
	const name = names.get(word) ?? `name${names.size}`;
	names.set(word, name);
	return name;
}
