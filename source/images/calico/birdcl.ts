import type {Route} from '../../net/route.js';
import type {Program, ProgramContext} from '../../node/program/program.js';
import {strftime} from '../../sim/strftime.js';
import {notSimulatedStatus} from '../../shell/command.js';
import {agentOn, type Peer, peersOf} from './mesh.js';

const banner = 'BIRD v0.3.3+birdv1.6.8 ready.';

/** BIRD's own client: the sessions of the mesh, and the routes that they and the kernel know. */
export const birdcl: Program = {
	name: 'birdcl',
	start(context) {
		const words = context.argv.slice(1);
		const question = (words[0] === '-s' ? words.slice(2) : words).join(' ');
		const host = context.machine.world.host(context.machine.host);
		const agent = host && agentOn(host);
		const answer = agent && (/^show prot/.test(question) ? protocols : /^show route/.test(question) ? routes : undefined);
		if (!agent) {
			context.log('Unable to connect to server control socket (/var/run/calico/bird.ctl): Connection refused', 'stderr');
			return context.exit(1);
		}

		if (!answer || question.split(' ').length > 2) {
			context.machine.sim.notes.notSimulated(`birdcl ${question}`.trim());
			context.log(`kubelab: not simulated: birdcl ${question}`.trim(), 'stderr');
			return context.exit(notSimulatedStatus);
		}

		context.log([banner, ...answer(context, since(context, agent.startedMs))].join('\n'));
		context.exit(0);
	},
};

/** The time of day, or the date when it was not today. */
function since({machine}: ProgramContext, ms: number): string {
	const [day, today] = [ms, machine.sim.clock.now()].map(each => strftime('%Y-%m-%d', each));
	return day === today ? strftime('%H:%M:%S', ms) : day!;
}

function protocols({machine}: ProgramContext, when: string): readonly string[] {
	const row = (name: string, kind: string, state = 'up', info = '') =>
		`${name.padEnd(8)} ${kind.padEnd(8)} master   ${state.padEnd(5)}  ${when.padEnd(10)}  ${info}`;
	return [
		'name     proto    table    state  since       info',
		...['static1 Static', 'kernel1 Kernel', 'device1 Device', 'direct1 Direct'].map(each => row(...(each.split(' ') as [string, string]))),
		...peersOf(machine).map(({name, established}) =>
			established ? row(name, 'BGP', 'up', 'Established   ') : row(name, 'BGP', 'start', 'Active        Socket: Connection refused'),
		),
	];
}

function routes({machine}: ProgramContext, when: string): readonly string[] {
	const peers = peersOf(machine);
	return machine.stack.routes.list('main').flatMap(route => {
		const text = routeText(route, peers, when);
		return text === undefined ? [] : [text];
	});
}

function routeText({destination, via, dev, type, protocol}: Route, peers: readonly Peer[], when: string): string | undefined {
	const net = destination === 'default' ? '0.0.0.0/0' : destination.includes('/') ? destination : `${destination}/32`;
	const row = (way: string, source: string, weight: string) => `${net.padEnd(18)} ${way} [${source} ${when}] * ${weight}`;
	if (type === 'blackhole') return row('blackhole', 'static1', '(200)');
	const way = via === undefined ? `dev ${dev}` : `via ${via} on ${dev}`;
	const peer = protocol === 'bird' ? peers.find(({address}) => address === via) : undefined;
	if (peer) return peer.established ? row(way, peer.name, '(100/0) [i]') : undefined;
	return protocol === 'kernel' ? row(way, 'direct1', '(240)') : row(way, 'kernel1', '(10)');
}
