import {readdirSync} from 'node:fs';
import test from 'ava';
import {large} from '../../source/commands/net-admin/ipvsadm/list.js';
import {dataFile, recording, runTool, words, world} from '../helpers/net-world.js';

/** The table that most sessions were recorded with; ` --pe ...` there is an accident of the recorder. */
const recordedServers = () => recording('ipvs/03-Sn.txt')[0]!.text.replace(/ --pe.*/g, '');

/** Their numbers and connections were made up by the recorder's stand-in kernel, or (03) hold its stray bytes. */
const made = ['03-Sn', '04-', '05-', '06-', '07-', '08-', '09-', '10-', '11-'];
const files = readdirSync(new URL('../data/net/ipvs', import.meta.url)).filter(name => /^(\d\d|err)-/.test(name));

for (const file of files.filter(name => !made.some(start => name.startsWith(start)))) {
	test(`ipvsadm prints what was recorded: ${file}`, t => {
		const here = world();
		const stack = here.network.namespace('node');
		if (!/^2\d-/.test(file)) runTool(here, stack, ['ipvsadm', '-R'], recordedServers());
		for (const {command, text, exitCode} of recording(`ipvs/${file}`)) {
			const piped = /^printf -- '(.*)' \| (.*)$/.exec(command);
			const ran = runTool(here, stack, words(piped ? piped[2]! : command), piped ? piped[1]!.replaceAll('\\n', '\n') : '');
			t.is(ran.text, text);
			t.is(ran.exitCode, exitCode);
		}
	});
}

test('ipvsadm -Ln after the commands for a whole kubeadm cluster', t => {
	const here = world();
	const stack = here.network.namespace('node');
	runTool(here, stack, ['ipvsadm', '-R'], dataFile('ipvs/kubeadm.ipvsadm'));
	const [want] = recording('ipvs/kubeadm.ipvsadm-Ln.txt');
	t.is(runTool(here, stack, ['ipvsadm', '-Ln']).text, want!.text);
});

test('large numbers are cut off in steps, exact ones are not', t => {
	t.deepEqual(
		[99_999_999, 123_456_789, 9_876_543_210, 123_456_789_012, 9_876_543_210_123].map(value => large(value, false)),
		[' 99999999', '  123456K', '    9876M', '     123G', '    9876G'],
	);
	t.deepEqual(
		[12, 41_152_263, 123_456_789, 9_876_543_210_123].map(value => large(value, true)),
		['       12', ' 41152263', ' 123456789', ' 9876543210123'],
	);
});
