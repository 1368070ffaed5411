import type {ProgramContext} from '../../../../node/program/program.js';
import type {HttpAnswer} from '../../../http/answer.js';
import {fromWire} from '../../../http/bytes.js';
import {goAnswer, goError} from '../../go/answer.js';
import {dialProblem, resolveHostPort} from '../../go/dial.js';
import {goJson} from '../../go/json.js';
import {goLog} from '../../go/log.js';
import {hostPort} from '../../go/request.js';
import type {Asked} from './asked.js';

const timeoutMs = 5000;

interface Place {
	readonly address: string;
	readonly port: number;
}

interface Tried {
	readonly response?: string;
	readonly error?: string;
	readonly tookMs: number;
}

/** Asks somebody else in its turn, by HTTP or UDP, and tells what came of it. */
export function dial({context, request}: Asked): HttpAnswer {
	const nowMs = context.machine.sim.clock.now();
	const query = new URLSearchParams(request.query);
	const [host, port, wanted, protocol, triesText] = ['host', 'port', 'request', 'protocol', 'tries'].map(name => query.get(name) ?? '') as [
		string,
		string,
		string,
		string,
		string,
	];
	goLog(context, `GET /dial?host=${host}&protocol=${protocol}&port=${port}&request=${wanted}&tries=${triesText}`);
	if (triesText !== '' && !/^-?\d+$/.test(triesText))
		return goError(nowMs, `tries parameter is invalid. strconv.Atoi: parsing ${JSON.stringify(triesText)}: invalid syntax`, 400);
	if (wanted === '') return goError(nowMs, 'request parameter not specified. <nil>', 400);
	const way = ways[protocol.toLowerCase()];
	if (!way) return goError(nowMs, `unsupported protocol. ${protocol}`, 400);
	const place = resolveHostPort(context.machine, `${host}:${port}`);
	if ('error' in place) return goError(nowMs, `host and/or port param are invalid. ${place.error}`, 400);
	const tried = Array.from({length: Number(triesText || 1)}, () => way(context, place, wanted));
	const errors = tried.flatMap(({error}) => error ?? []);
	const responses = tried.flatMap(({response}) => response ?? []);
	const body = goJson({...(errors.length > 0 && {errors}), ...(tried.at(-1)?.response && {responses})});
	return {...goAnswer(nowMs, body), delayMs: 1 + tried.reduce((sum, {tookMs}) => sum + tookMs, 0)};
}

function byHttp({machine}: ProgramContext, place: Place, wanted: string): Tried {
	const url = `http://${hostPort(place)}/${wanted}`;
	const failed = (why: string, tookMs: number): Tried => ({error: `Get ${JSON.stringify(url)}: ${why}`, tookMs});
	const connection = machine.stack.connect(place.address, place.port);
	try {
		const problem = dialProblem(connection.outcome);
		if (problem)
			return problem.tookMs >= timeoutMs
				? failed(`context deadline exceeded (Client.Timeout exceeded while awaiting headers)`, timeoutMs)
				: failed(`dial tcp ${hostPort(place)}: connect: ${problem.words}`, problem.tookMs);
		const head = `GET /${wanted} HTTP/1.1\r\nHost: ${hostPort(place)}\r\nUser-Agent: Go-http-client/1.1\r\nAccept-Encoding: gzip\r\n\r\n`;
		const {bytes, delayMs, end} = connection.exchange(head);
		if (end === 'timeout' || delayMs > timeoutMs)
			return failed('context deadline exceeded (Client.Timeout exceeded while awaiting headers)', timeoutMs);
		const split = bytes.indexOf('\r\n\r\n');
		return split < 0 ? failed('EOF', delayMs) : {response: fromWire(bytes.slice(split + 4)), tookMs: delayMs};
	} finally {
		connection.close();
	}
}

function byUdp({machine}: ProgramContext, place: Place, wanted: string): Tried {
	const sourcePort = 32_768 + machine.sim.random.fork(`agnhost/${machine.host}`).int(28_232);
	const {outcome, payload, delayMs} = machine.stack.exchange(place.address, place.port, wanted, {sourcePort});
	if (payload) return {response: fromWire(payload), tookMs: delayMs};
	const source = machine.stack.links.list().find(link => link.name === 'eth0')?.addresses[0]?.address ?? '127.0.0.1';
	const problem = outcome.kind === 'connected' || outcome.kind === 'timeout' ? undefined : dialProblem(outcome);
	const why = `read udp ${source}:${sourcePort}->${hostPort(place)}: ${problem ? `read: ${problem.words}` : 'i/o timeout'}`;
	return {error: `reading from udp connection failed. err:'${why}'`, tookMs: problem ? problem.tookMs : timeoutMs};
}

const ways: Readonly<Record<string, (context: ProgramContext, place: Place, wanted: string) => Tried>> = {
	'': byHttp,
	http: byHttp,
	udp: byUdp,
	sctp({machine}) {
		machine.sim.notes.notSimulated('agnhost netexec /dial over sctp');
		return {error: 'kubelab: not simulated: /dial over sctp', tookMs: 0};
	},
};
