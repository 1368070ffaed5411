import test from 'ava';
import {findLab} from '../../source/cli/lab-files.js';
import {grade} from '../../source/lab/grade.js';
import {openApp} from '../helpers/app.js';

const turn = () => new Promise<void>(resolve => void setImmediate(resolve));

test('ctrl-z stops what runs; jobs, fg, bg and kill know it, and played again it comes to the same world', async t => {
	const app = await openApp(t, {columns: 100, rows: 60});
	const said = (from: string) => {
		const rows = app.screen().split('\n');
		const at = rows.findLastIndex(row => row.includes(`# ${from}`));
		const end = rows.findIndex((row, index) => index > at && /^\[\w+@[\w-]+ [^\]]+\]#/.test(row));
		return rows.slice(at + 1, end < 0 ? undefined : end).filter(row => row.trim());
	};
	// The parser is loaded.
	await app.type('true | true\r');
	await app.press('ping k8s-node1\r');
	await app.pass(2500);
	await app.press('\u001a');
	await app.pass(300);
	const pings = said('ping').filter(row => row.includes('icmp_seq')).length;
	t.deepEqual(said('ping').slice(-2), ['^Z', '[1]+  Stopped                 ping k8s-node1']);
	await app.pass(5000);
	t.is(said('ping').filter(row => row.includes('icmp_seq')).length, pings);
	await app.press('sleep 100; echo after $?\r');
	await app.pass(200);
	await app.press('\u001a');
	await app.pass(300);
	t.deepEqual(said('sleep'), ['^Z', '[2]+  Stopped                 sleep 100', 'after 148']);
	await app.type('jobs\r');
	t.deepEqual(said('jobs'), ['[1]-  Stopped                 ping k8s-node1', '[2]+  Stopped                 sleep 100']);
	await app.type('jobs -l\r');
	t.regex(said('jobs -l')[1]!, /^\[2\]\+ +\d+ Stopped {17}sleep 100$/);
	await app.type('exit\r');
	t.deepEqual(said('exit'), ['logout', 'There are stopped jobs.']);
	await app.type('bg\r');
	t.deepEqual(said('bg'), ['[2]+ sleep 100 &']);
	await app.type('jobs\r');
	t.deepEqual(said('jobs'), ['[1]+  Stopped                 ping k8s-node1', '[2]-  Running                 sleep 100 &']);
	await app.press('fg\r');
	await app.pass(2500);
	await app.press('\u0003');
	await app.pass(300);
	t.is(said('fg')[0], 'ping k8s-node1');
	t.true(said('fg').some(row => row.includes('icmp_seq')));
	await app.type('kill %2\r');
	await app.type('true\r');
	t.regex(app.screen(), /^\[2\]\+ {2}Terminated {14}sleep 100$/m);
	// What was typed into a command is not kept: the rest cannot be played again.
	const steps = app.steps();
	await app.press('cat\r');
	await app.press('one\r');
	await app.press('\u001a');
	await app.pass(300);
	t.deepEqual(said('cat'), ['one', 'one', '^Z', '[1]+  Stopped                 cat']);
	await app.press('%1\r');
	await app.press('two\r');
	await app.press('\u0003');
	await app.pass(300);
	t.deepEqual(said('%1'), ['cat', 'two', 'two', '^C']);
	await app.type('fg\r');
	t.deepEqual(said('fg'), ['-bash: fg: current: no such job']);
	t.true(steps.some(step => step.stops?.length === 1));
	const report = await grade(await findLab('ipvs-switch'), {form: 'bundle', steps, seed: 'kubelab'}, {breathe: turn});
	t.is(report.proof?.diverged, undefined);
	t.true(report.proof!.steps >= 10);
});
