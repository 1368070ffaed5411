import test from 'ava';
import {createRandom} from '../../source/sim/random.js';
import {type Snapshot, State} from '../../source/sim/state.js';
import {editsBetween, withEdits} from '../../source/timeline/row-edits.js';

test('edits lead from any moment of a table to any other, order included, and tell no more rows than were written', t => {
	const random = createRandom(new State(), 'row-edits');
	const state = new State();
	const table = state.table<number>('large');
	for (let key = 0; key < 600; key++) table.set(`key-${key}`, 0);
	const moments: Snapshot[] = [state.snapshot()];
	for (let step = 1; step <= 400; step++) {
		for (let write = random.int(6); write >= 0; write--) {
			const key = `key-${random.int(700)}`;
			if (random.chance(1, 3)) table.delete(key);
			else table.set(key, random.int(3));
		}
		moments.push(state.snapshot());
		if (step % 29 === 0) state.restore(moments[random.int(moments.length)]!);
	}
	const rowsOf = (moment: Snapshot) => moment.tables.get('large')!;
	for (let each = 0; each < 400; each++) {
		const at = random.int(moments.length - 1);
		const [before, after] = [rowsOf(moments[at]!), rowsOf(moments[random.chance(1, 2) ? at + 1 : random.int(moments.length)]!)];
		const edits = editsBetween(before, after);
		t.is(JSON.stringify([...(edits ? withEdits(before, edits) : before)]), JSON.stringify([...after]));
	}
	const {gone = [], changed = [], added = []} = editsBetween(rowsOf(moments[0]!), rowsOf(moments[5]!)) ?? {};
	t.true(gone.length + changed.length + added.length <= 30);
});
