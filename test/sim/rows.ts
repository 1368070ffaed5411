import test from 'ava';
import {createRandom} from '../../source/sim/random.js';
import {type Snapshot, State} from '../../source/sim/state.js';

test('a large table is at every snapshot what a plain map would be, order included', t => {
	const random = createRandom(new State(), 'rows');
	const state = new State();
	const table = state.table<number>('large');
	let plain = new Map<string, number>();
	const kept: Array<{snapshot: Snapshot; rows: string}> = [];
	const textOf = (rows: Iterable<[string, number]>) => JSON.stringify([...rows]);
	for (let step = 0; step < 20_000; step++) {
		const key = `key-${random.int(900)}`;
		if (random.chance(1, 3)) t.is(table.delete(key), plain.delete(key));
		else {
			table.set(key, step);
			plain.set(key, step);
		}
		if (step % 41 === 0) kept.push({snapshot: state.snapshot(), rows: textOf(plain)});
		if (step % 977 === 0) {
			const {snapshot, rows} = kept[random.int(kept.length)]!;
			state.restore(snapshot);
			plain = new Map(JSON.parse(rows));
		}
		if (step % 97 === 0) {
			t.is(textOf(table.entries()), textOf(plain));
			t.deepEqual([...table.keys()], [...plain.keys()]);
			t.deepEqual([...table.values()], [...plain.values()]);
			t.deepEqual([table.size, table.get(key), table.has(key)], [plain.size, plain.get(key), plain.has(key)]);
		}
	}
	for (const {snapshot, rows} of kept) t.is(textOf(snapshot.tables.get('large')! as ReadonlyMap<string, number>), rows);
});
