import test from 'ava';
import images from '../../source/images/index.js';
import {programsOf} from '../../source/images/programs.js';
import {boundPod, nodeWorld} from '../helpers/node-world.js';

test.serial('a program that throws takes its container down, not the session', t => {
	const nginx = programsOf(images).get('nginx') as any;
	const {start} = nginx;
	t.teardown(() => (nginx.start = start));
	nginx.start = () => {
		throw new TypeError('a defect');
	};
	const world = nodeWorld();
	world.admin.create(boundPod('web', {containers: [{name: 'web', image: 'nginx:1.27'}]}));
	world.sim.clock.advance(5000);
	const [web] = (world.pod('web') as any).status.containerStatuses;
	t.is((web.lastState.terminated ?? web.state.terminated).exitCode, 139);
	t.deepEqual(
		world.sim.notes.list().map(note => note.what),
		['nginx: a defect'],
	);

	nginx.start = start;
	world.sim.clock.advance(60_000);
	t.true((world.pod('web') as any).status.containerStatuses[0].ready);
});
