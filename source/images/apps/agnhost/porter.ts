import type {ProgramContext} from '../../../node/program/program.js';
import {goAnswer} from '../go/answer.js';
import {goJson} from '../go/json.js';
import {goLog} from '../go/log.js';
import {answerHttp} from '../web-server.js';
import {isSet, type Subcommand} from './subcommand.js';

interface Served {
	readonly port: number;
	readonly kind: 'tcp' | 'udp' | 'tls' | 'sctp';
	readonly value: string;
}

const servedOf = ({env}: ProgramContext): readonly Served[] =>
	Object.entries(env).flatMap(([name, value]) => {
		const match = /^SERVE_(?:(TCP|UDP|TLS|SCTP)_)?PORT_(\d+)$/.exec(name);
		return match ? [{kind: (match[1] ?? 'TCP').toLowerCase() as Served['kind'], port: Number(match[2]), value}] : [];
	});

/** Serves the value of every variable `SERVE_PORT_<port>` on its port. */
const porter: Subcommand = {
	name: 'porter',
	booleans: ['json-response'],
	start(context) {
		for (const {kind, port} of servedOf(context)) {
			if (kind === 'tcp' || kind === 'udp') context.listen(kind, '0.0.0.0', port);
			else {
				context.machine.sim.notes.notSimulated(`agnhost porter over ${kind}`);
				context.log(`kubelab: not simulated: agnhost porter over ${kind}`, 'stderr');
			}

			if (kind === 'udp') goLog(context, `Started UDP server on port ${port}`);
		}
	},
	serve(context, {bytes, local}, flags) {
		const its = servedOf(context).filter(each => each.port === local.port);
		const isHttp = bytes === '' || /^[A-Z]+ \S+ HTTP\//.test(bytes);
		const served = its.find(each => (each.kind === 'udp') !== isHttp) ?? its[0];
		if (!served) return {bytes: '', end: 'reset'};
		if (served.kind === 'udp') return {bytes: served.value};
		return answerHttp(bytes, ({method}) => {
			const nowMs = context.machine.sim.clock.now();
			if (!isSet(flags, 'json-response')) return goAnswer(nowMs, served.value);
			return goAnswer(nowMs, goJson({Method: method, Body: served.value}), {headers: [['Content-Type', 'application/json']]});
		});
	},
};

export default porter;
