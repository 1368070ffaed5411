import test from 'ava';
import {fileFlags, globalFlags, printFlags} from '../../source/commands/kubectl/flags/flag.js';
import {goDuration, goDurationMs} from '../../source/commands/kubectl/flags/go-duration.js';
import {commandWordAt, parseFlags} from '../../source/commands/kubectl/flags/parse.js';

const flags = [
	...printFlags,
	...fileFlags,
	['watch', 'bool', 'false', 'w'],
	['replicas', 'int', '1', 'r'],
	['timeout', 'duration', '0s'],
	['dry-run', 'string', 'none', undefined, 'unchanged'],
	...globalFlags,
] as const;
const parse = (...words: string[]) => parseFlags(words, flags, 'kubectl get');

const refused = test.macro((t, words: string[], problem: string) => {
	const error = t.throws(() => parse(...words));
	t.is(error?.message, `${problem}\nSee 'kubectl get --help' for usage.`);
});

test('unknown long flag', refused, ['--nope=1'], 'unknown flag: --nope');
test('unknown shorthand in a cluster', refused, ['-wz'], "unknown shorthand flag: 'z' in -z");
test('missing value', refused, ['-n'], "flag needs an argument: 'n' in -n");
test('missing value of a long flag', refused, ['--output'], 'flag needs an argument: --output');
test(
	'not a number',
	refused,
	['--replicas=three'],
	'invalid argument "three" for "-r, --replicas" flag: strconv.ParseInt: parsing "three": invalid syntax',
);
test(
	'not a boolean',
	refused,
	['-w=maybe'],
	'invalid argument "maybe" for "-w, --watch" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
);
test(
	'a duration without a unit',
	refused,
	['--timeout=5'],
	'invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"',
);
test('a lone equals sign', refused, ['--=x'], 'bad flag syntax: --=x');

test('clusters, values and the double dash', t => {
	const {values, args, dash} = parse('pods', '-wojson', '-n', 'kube-system', '-f', 'a.yaml,b.yaml', '-f=c.yaml', 'web', '--', '-x');
	t.true(values.bool('watch'));
	t.is(values.string('output'), 'json');
	t.is(values.string('namespace'), 'kube-system');
	t.deepEqual(values.list('filename'), ['a.yaml', 'b.yaml', 'c.yaml']);
	t.deepEqual(args, ['pods', 'web', '-x']);
	t.is(dash, 2);
});

test('a flag that may stand alone takes no value from the next word', t => {
	const {values, args} = parse('--dry-run', 'client');
	t.is(values.string('dry-run'), 'unchanged');
	t.deepEqual(args, ['client']);
});

test("a verb's own flag hides the global one", t => {
	const {values} = parseFlags(['--user=alice'], [['user', 'array', ''], ...globalFlags], 'kubectl create rolebinding');
	t.deepEqual(values.list('user'), ['alice']);
	t.is(values.global('user'), '');
});

test('the verb is found behind flags and their values', t => {
	t.is(commandWordAt(['-n', 'get', '--context=x', '-w', 'describe'], 0, flags), 4);
	t.is(commandWordAt(['--namespace', 'x'], 0, flags), -1);
});

test('durations', t => {
	t.is(goDurationMs('1h2m3.5s'), 3_723_500);
	t.is(goDurationMs('5'), undefined);
	t.is(goDuration(90_000), '1m30s');
});
