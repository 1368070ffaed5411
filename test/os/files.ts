import test from 'ava';
import {createBaseTree} from '../../source/os/base-tree.js';
import {createFiles} from '../../source/os/file-tree.js';
import {FileError} from '../../source/os/files.js';
import {createOverlay} from '../../source/os/overlay.js';
import {createVolumes} from '../../source/os/volumes.js';
import {createSim} from '../../source/sim/sim.js';

const base = createBaseTree({
	'/etc/passwd': 'root\n',
	'/bin': {symlink: 'usr/bin'},
	'/usr/bin/ls': {text: 'x', mode: 0o755},
	'/loop': {symlink: 'loop'},
	'/dev/null': {device: true},
});

function machine() {
	const sim = createSim('files');
	const volumes = createVolumes(sim);
	volumes.define('tmpfs', id => createOverlay(sim, `vol/${id}`, createBaseTree({})));
	return {sim, volumes, files: createFiles(sim, 'm', base, {volumes})};
}

const codeOf = (work: () => unknown) => {
	try {
		work();
	} catch (error) {
		if (error instanceof FileError) return error.code;
		throw error;
	}

	return 'ok';
};

test('an image is never touched: what a machine changes or removes is its own', t => {
	const {sim, files} = machine();
	const other = createFiles(sim, 'other', base);
	files.write('/etc/passwd', 'changed');
	files.remove('/usr/bin/ls');
	t.is(files.readText('/etc/passwd'), 'changed');
	t.false(files.exists('/bin/ls'));
	t.is(other.readText('/etc/passwd'), 'root\n');
	t.deepEqual(other.list('/bin'), ['ls']);
	t.is(other.stat('/bin/ls').mode, 0o755);
});

test('failures are those of the kernel', t => {
	const {files} = machine();
	t.is(
		codeOf(() => files.readText('/nope')),
		'ENOENT',
	);
	t.is(
		codeOf(() => files.write('/no/such/x', '')),
		'ENOENT',
	);
	t.is(
		codeOf(() => files.readText('/etc')),
		'EISDIR',
	);
	t.is(
		codeOf(() => files.list('/etc/passwd')),
		'ENOTDIR',
	);
	t.is(
		codeOf(() => files.write('/etc/passwd/x', '')),
		'ENOTDIR',
	);
	t.is(
		codeOf(() => files.readText('/loop')),
		'ELOOP',
	);
	t.is(
		codeOf(() => files.remove('/etc')),
		'ENOTEMPTY',
	);
	t.is(
		codeOf(() => files.makeFolder('/etc')),
		'EEXIST',
	);
	t.is(
		codeOf(() => files.rename('/etc', '/etc/x')),
		'EINVAL',
	);
	t.is(
		codeOf(() => files.write(`/${'n'.repeat(300)}/x`, '')),
		'ENAMETOOLONG',
	);
});

test('a disk is full at some point, and then nothing has changed', t => {
	const {files} = machine();
	const megabyte = 'x'.repeat(1_048_576);
	for (let i = 0; i < 63; i++) files.write(`/f${i}`, megabyte);
	t.is(
		codeOf(() => files.write('/big', megabyte.repeat(4))),
		'ENOSPC',
	);
	t.false(files.exists('/big'));
	files.remove('/f0');
	files.remove('/f1');
	files.remove('/f2');
	t.is(
		codeOf(() => files.write('/big', megabyte.repeat(3))),
		'ok',
	);
});

test('mounts hide what is below, may be read-only, and show in their folder', t => {
	const {files} = machine();
	files.mount('/data/deep', {type: 'tmpfs', source: 'a'});
	files.write('/data/deep/x', '1');
	t.deepEqual(files.list('/data'), ['deep']);
	files.mount('/ro', {type: 'tmpfs', source: 'a', readOnly: true});
	t.is(files.readText('/ro/x'), '1');
	t.is(
		codeOf(() => files.write('/ro/y', '')),
		'EROFS',
	);
	t.is(
		codeOf(() => files.remove('/data/deep', {recursive: true})),
		'EBUSY',
	);
	files.unmount('/ro');
	t.false(files.exists('/ro'));
});

test('hard links share their content, appending keeps it, bytes survive', t => {
	const {files} = machine();
	files.write('/a', 'one');
	files.link('/a', '/b');
	files.write('/b', '+two', {append: true});
	t.is(files.readText('/a'), 'one+two');
	const bytes = Uint8Array.of(0, 255, 128, 10);
	files.write('/bin.dat', bytes);
	t.deepEqual([...files.readBytes('/bin.dat')], [...bytes]);
	files.write('/dev/null', 'gone');
	t.is(files.readText('/dev/null'), '');
});

test('a file that is moved takes its folder along; times come from the virtual clock', t => {
	const {sim, files} = machine();
	files.makeFolder('/a/b', {recursive: true});
	files.write('/a/b/c', 'x');
	sim.clock.advance(5000);
	files.rename('/a', '/z');
	files.write('/z/b/d', 'y');
	t.deepEqual(files.list('/z/b'), ['c', 'd']);
	t.is(files.stat('/z/b/d').mtimeMs - files.stat('/z/b/c').mtimeMs, 5000);
	t.false(files.exists('/a'));
});

test('a restored world has the files of then', t => {
	const {sim, files} = machine();
	files.write('/a', '1');
	const snapshot = sim.state.snapshot();
	files.write('/a', '2');
	files.write('/b', '3');
	sim.state.restore(snapshot);
	t.is(files.readText('/a'), '1');
	t.deepEqual(files.list('/').includes('b'), false);
	files.write('/c', '4');
	t.true(files.list('/').includes('c'));
});
