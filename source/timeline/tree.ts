import {type Branch, type Checkpoint, type Everything, type ListedMoment, type Moment, TimelineError} from './moment.js';
import {createShelf, type Kept} from './shelf.js';

/** The moments that can be returned to, branches and checkpoints among them; nothing here knows what a world is. */
export interface Tree {
	readonly branch: string;
	readonly position: Moment;
	/** Moments whose line can be taken back, the latest first; at most so many. */
	past(steps?: number): readonly Moment[];
	/** What lies between here and the branch's end. */
	future(): readonly Moment[];
	moments(): readonly ListedMoment[];
	branches(): readonly Branch[];
	checkpoints(): readonly Checkpoint[];
	/** The name of the nearest checkpoint on the way here. */
	lastCheckpoint(): string | undefined;
	parentOf(moment: Moment): Moment;
	/** A branch, a checkpoint, `start`, a step of the current branch (`4`), or so many steps back (`-1`). */
	find(place: string): Moment;
	/** `present` answers for the moment where we stand and that was never left. */
	everythingAt(moment: Moment, present?: () => Everything): Everything;
	/** What the line that led here found. */
	before(moment: Moment): Everything;
	/** Keeps what there is at a moment. What bears a name or has been gone on from stays as it was first kept. */
	keep(moment: Moment, everything: Everything): void;
	/** A line has run; `before` is what it found. What lay in the future of this branch is left behind. */
	grow(line: string, atMs: number, before: Everything): void;
	stand(moment: Moment): void;
	mark(checkpoint: string): void;
	fork(branch: string): void;
	/** Going to a branch by its name makes it the current one; going elsewhere off the current branch starts one. */
	enter(place: string, moment: Moment): void;
	/** Packs what is kept of old moments. */
	tidy(): void;
}

/** Beyond this many, the oldest that bears no name can no longer be returned to. */
const keptMax = 1200;
export const mainBranch = 'main';

export function createTree(shelf = createShelf()): Tree {
	const moments: Moment[] = [{id: 0, parent: undefined, step: 0, line: '', atMs: 0}];
	const kept = new Map<number, Kept>();
	const found = new Map<number, Kept>();
	const goneOn = new Set<number>();
	const tips = new Map<string, Moment>([[mainBranch, moments[0]!]]);
	const marks = new Map<string, Moment>();
	let branch = mainBranch;
	let position = moments[0]!;

	const parentOf = ({parent}: Moment): Moment => moments[parent!]!;
	/** From `moment` back to the start, itself included; at most `count`. */
	const wayBack = (moment: Moment, count = moment.step + 1): Moment[] => {
		const way: Moment[] = [];
		for (let at = moment; way.length < count; at = parentOf(at)) {
			way.push(at);
			if (at.parent === undefined) break;
		}
		return way;
	};
	const currentWay = () => wayBack(tips.get(branch)!).reverse();
	const future = () => {
		const tip = tips.get(branch)!;
		return wayBack(tip, tip.step - position.step).reverse();
	};
	const isNamed = (moment: Moment) =>
		[...marks.values()].includes(moment) || [...tips].some(([name, tip]) => name !== branch && tip === moment);
	const tooLongAgo = ({step}: Moment) => new TimelineError(`step ${step} is too long ago: the last ${keptMax} are kept`);
	const forgetOldest = () => {
		for (const id of found.size > keptMax ? found.keys() : []) {
			found.delete(id);
			const parent = moments[id]!.parent!;
			if (parent !== 0 && !isNamed(moments[parent]!)) kept.delete(parent);
			// The end of what was taken back and left behind: no later line would forget it.
			if (!goneOn.has(id) && !isNamed(moments[id]!)) kept.delete(id);
			return;
		}
	};
	const keep = (moment: Moment, everything: Everything) => {
		if (!kept.has(moment.id) || !(goneOn.has(moment.id) || isNamed(moment))) kept.set(moment.id, shelf.put(everything));
	};
	const stepOf = (place: string): Moment | undefined => {
		if (place === 'start') return moments[0];
		if (!/^-?\d+$/.test(place)) return undefined;
		return place.startsWith('-') ? wayBack(position)[-Number(place)] : currentWay()[Number(place)];
	};

	return {
		get branch() {
			return branch;
		},
		get position() {
			return position;
		},
		past: steps => wayBack(position, Math.min(steps ?? position.step, position.step)),
		future,
		moments() {
			const otherTips = new Map([...tips].filter(([name]) => name !== branch));
			return currentWay().map(moment => ({
				...moment,
				when: moment === position ? 'present' : moment.step < position.step ? 'past' : 'future',
				checkpoints: namesOf(marks, moment),
				branches: namesOf(otherTips, moment),
			}));
		},
		branches: () => [...tips].map(([name, tip]) => ({name, tip, current: name === branch})),
		checkpoints: () => [...marks].map(([name, moment]) => ({name, moment})),
		lastCheckpoint() {
			const way = wayBack(position);
			return [...marks].filter(([, moment]) => way.includes(moment)).sort(([, a], [, b]) => b.step - a.step)[0]?.[0];
		},
		parentOf,
		find(place) {
			const moment = tips.get(place) ?? marks.get(place) ?? stepOf(place);
			if (!moment) throw new TimelineError(`there is no branch, checkpoint or step "${place}"; "lab timeline" lists them`);
			return moment;
		},
		everythingAt(moment, present) {
			const here = moment === position && !goneOn.has(moment.id) && !isNamed(moment);
			const everything = here && present ? present() : kept.get(moment.id)?.get();
			if (!everything) throw tooLongAgo(moment);
			return everything;
		},
		before(moment) {
			const everything = found.get(moment.id)?.get();
			if (!everything) throw tooLongAgo(moment);
			return everything;
		},
		keep,
		grow(line, atMs, before) {
			keep(position, before);
			goneOn.add(position.id);
			const next = {id: moments.length, parent: position.id, step: position.step + 1, line, atMs};
			moments.push(next);
			found.set(next.id, shelf.put(before));
			forgetOldest();
			tips.set(branch, next);
			position = next;
		},
		stand(moment) {
			position = moment;
		},
		mark: name => void marks.set(name, position),
		fork(name) {
			tips.set(name, position);
			branch = name;
		},
		enter(place, moment) {
			if (tips.has(place)) branch = place;
			else if (!currentWay().includes(moment)) {
				const base = `${branch}-${place}`;
				let name = base;
				for (let n = 2; tips.has(name); n++) name = `${base}-${n}`;
				tips.set(name, moment);
				branch = name;
			}
		},
		tidy: shelf.tidy,
	};
}

const noNames: readonly string[] = [];

function namesOf(named: ReadonlyMap<string, Moment>, moment: Moment): readonly string[] {
	const names = [...named].filter(([, each]) => each === moment).map(([name]) => name);
	return names.length > 0 ? names : noNames;
}
