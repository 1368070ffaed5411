import test from 'ava';
import {createSim} from '../../source/sim/sim.js';

function world() {
	const sim = createSim('seed');
	const ran: string[] = [];
	sim.clock.on('actor', key => ran.push(`${sim.clock.uptime()} ${key}`));
	return {sim, ran, clock: sim.clock};
}

test('due work runs in the order of time, then of scheduling', t => {
	const {clock, ran} = world();
	clock.schedule(20, 'actor', 'late');
	clock.schedule(10, 'actor', 'b');
	clock.schedule(10, 'actor', 'a');
	clock.advance(15);
	t.deepEqual(ran, ['10 b', '10 a']);
	t.is(clock.uptime(), 15);
	clock.advance(5);
	t.deepEqual(ran.at(-1), '20 late');
});

test('a key is due once: the earlier time wins, reschedule moves it, cancel removes it', t => {
	const {clock, ran} = world();
	clock.schedule(10, 'actor', 'x');
	clock.schedule(30, 'actor', 'x');
	clock.schedule(5, 'actor', 'x');
	clock.schedule(5, 'actor', 'y');
	clock.reschedule(40, 'actor', 'y');
	clock.schedule(1, 'actor', 'z');
	clock.cancel('actor', 'z');
	clock.advance(100);
	t.deepEqual(ran, ['5 x', '40 y']);
});

test('next tells one-off from periodic work', t => {
	const {clock} = world();
	clock.schedule(10, 'actor', 'probe', {periodic: true});
	t.is(clock.next({periodic: false}), undefined);
	clock.schedule(50, 'actor', 'once');
	t.is(clock.next()! - clock.now(), 10);
	t.is(clock.next({periodic: false})! - clock.now(), 50);
	clock.cancel('actor', 'once');
	t.is(clock.next({periodic: false}), undefined);
});

test('work scheduled by work in the same instant runs in that instant', t => {
	const sim = createSim('seed');
	const ran: string[] = [];
	sim.clock.on('a', key => {
		ran.push(key);
		if (key === 'first') sim.clock.schedule(0, 'a', 'second');
	});
	sim.clock.schedule(5, 'a', 'first');
	sim.clock.advance(5);
	t.deepEqual(ran, ['first', 'second']);
});

test('advance may be stopped, is not re-entrant, and names an actor that nobody plays', t => {
	const {clock, ran} = world();
	clock.schedule(1, 'actor', 'a');
	clock.schedule(2, 'actor', 'b');
	clock.advance(10, () => ran.length === 1);
	t.is(clock.uptime(), 1);
	clock.on('nested', () => clock.advance(1));
	clock.schedule(0, 'nested', '');
	t.throws(() => clock.advance(1), {message: /clock.advance was called/});
	clock.schedule(0, 'nobody', 'x');
	t.throws(() => clock.advance(100), {message: /nobody does the work of nobody/});
});
