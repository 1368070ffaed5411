import test from 'ava';
import fc from 'fast-check';
import {createSim} from '../../source/sim/sim.js';
import {State, snapshotFromJson, snapshotToJson} from '../../source/sim/state.js';

test('a snapshot keeps what was, and restore brings it back', t => {
	const state = new State();
	const table = state.table<number>('rows');
	const cell = state.cell('cell', 1);
	table.set('a', 1);
	const before = state.snapshot();
	table.set('a', 2);
	table.set('b', 3);
	cell.set(9);
	state.table<string>('later').set('x', 'y');
	state.restore(before);
	t.deepEqual([...table.entries()], [['a', 1]]);
	t.is(cell.get(), 1);
	t.is(state.table('later').size, 0);
	table.set('a', 5);
	t.is(before.tables.get('rows')!.get('a'), 1);
});

test('handlers are told about a restore, and versions move', t => {
	const state = new State();
	const table = state.table<number>('rows');
	let restored = 0;
	state.onRestore(() => restored++);
	table.set('a', 1);
	const {version} = table;
	const snapshot = state.snapshot();
	table.set('a', 2);
	state.restore(snapshot);
	t.is(restored, 1);
	t.true(table.version > version);
});

test('drop forgets all tables under a prefix, handles included', t => {
	const state = new State();
	const table = state.table<number>('net/pod-1/links');
	table.set('eth0', 1);
	state.drop('net/pod-1/');
	t.is(table.size, 0);
	t.is(state.snapshot().tables.size, 0);
});

test('property: any sequence of writes, snapshots and restores equals the same on plain maps', t => {
	const step = fc.oneof(
		fc.record({do: fc.constant('set' as const), key: fc.constantFrom('a', 'b', 'c'), value: fc.integer()}),
		fc.record({do: fc.constant('delete' as const), key: fc.constantFrom('a', 'b', 'c')}),
		fc.record({do: fc.constant('snapshot' as const)}),
		fc.record({do: fc.constant('restore' as const), index: fc.nat(5)}),
	);
	fc.assert(
		fc.property(fc.array(step, {maxLength: 40}), steps => {
			const state = new State();
			const table = state.table<number>('t');
			let model = new Map<string, number>();
			const taken: Array<[ReturnType<State['snapshot']>, Map<string, number>]> = [];
			for (const s of steps) {
				if (s.do === 'set') {
					table.set(s.key, s.value);
					model.set(s.key, s.value);
				} else if (s.do === 'delete') {
					table.delete(s.key);
					model.delete(s.key);
				} else if (s.do === 'snapshot') taken.push([state.snapshot(), new Map(model)]);
				else if (taken[s.index]) {
					state.restore(taken[s.index]![0]);
					model = new Map(taken[s.index]![1]);
				}

				t.deepEqual([...table.entries()], [...model.entries()]);
			}
		}),
		{numRuns: 200},
	);
});

test('a world saved as JSON and loaded goes on with the same dice, time and queue', t => {
	const play = (interrupt: boolean) => {
		let sim = createSim('s');
		const out: string[] = [];
		const wire = () =>
			sim.clock.on('tick', key => {
				out.push(`${sim.clock.uptime()} ${key} ${sim.random.fork('dice').int(1000)} ${sim.random.uuid()}`);
				sim.clock.schedule(7, 'tick', key, {periodic: true});
			});
		wire();
		sim.clock.schedule(1, 'tick', 'a');
		sim.clock.schedule(3, 'tick', 'b');
		sim.clock.advance(20);
		if (interrupt) {
			const json = JSON.parse(JSON.stringify(snapshotToJson(sim.state.snapshot())));
			sim = createSim('s');
			sim.state.restore(snapshotFromJson(json));
			wire();
		}

		sim.clock.advance(30);
		return out;
	};

	t.deepEqual(play(true), play(false));
});

test('random streams are independent, seeded and even', t => {
	const a = createSim('one');
	const b = createSim('one');
	a.random.fork('other').int(10);
	t.is(a.random.fork('x').hex(16), b.random.fork('x').hex(16));
	t.not(createSim('two').random.fork('x').hex(16), createSim('one').random.fork('x').hex(16));
	const counts = [0, 0, 0];
	for (let i = 0; i < 3000; i++) counts[a.random.fork('even').int(3)]!++;
	for (const count of counts) t.true(count > 900 && count < 1100, String(counts));
	t.regex(a.random.uuid(), /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test('a restore forgets the tables that there are not now, unless somebody keeps hold of them', t => {
	const state = new State();
	const lasting = state.table<number>('lasting');
	const before = state.snapshot();
	const held = state.held<number>('pod/1');
	lasting.set('a', 1);
	held().set('a', 1);
	state.table<number>('pod/10').set('a', 1);
	const after = state.snapshot();
	const gone = held();
	state.restore(before);
	t.is(lasting.size, 0);
	lasting.set('b', 2);
	t.not(held(), gone);
	held().set('b', 2);
	t.deepEqual([...state.snapshot().tables.keys()].sort(), ['lasting', 'pod/1']);
	state.restore(after);
	t.deepEqual([...held().entries()], [['a', 1]]);
	state.drop('pod/');
	t.deepEqual([...state.snapshot().tables.keys()], ['lasting']);
});
