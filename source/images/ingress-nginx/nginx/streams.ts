import type {ServiceAnswer, ServiceRequest} from '../../../net/socket.js';
import {accessTime, seconds} from '../../nginx/log/times.js';
import type {Configuration, Stream} from '../configuration.js';
import {nodeOf} from './balancers/balancer.js';
import {type NginxContext, remember} from './memory.js';

const socketOf = ({protocol}: Stream) => (protocol === 'UDP' ? 'udp' : 'tcp');

/** Opens the ports of TCP and UDP services, and closes those that are gone. */
export function listenForStreams(context: NginxContext, before: Configuration | undefined, now: Configuration): void {
	const {sockets} = context.machine.stack;
	const has = (list: readonly Stream[], wanted: Stream) =>
		list.some(({protocol, port}) => protocol === wanted.protocol && port === wanted.port);
	for (const stream of before?.streams ?? []) if (!has(now.streams, stream)) sockets.close(socketOf(stream), '*', stream.port);
	for (const stream of now.streams) if (!has(before?.streams ?? [], stream)) context.listen(socketOf(stream), '*', stream.port);
}

export const streamAt = (configuration: Configuration | undefined, port: number): Stream | undefined =>
	configuration?.streams.find(each => each.port === port);

/** Passes bytes on as they are, to one endpoint after the other. */
export function serveStream(context: NginxContext, stream: Stream, {bytes, peer}: ServiceRequest): ServiceAnswer {
	if (stream.proxyProtocol.decode || stream.proxyProtocol.encode)
		context.machine.sim.notes.notSimulated('ingress-nginx: PROXY protocol of TCP services');
	const key = `${socketOf(stream)}-${stream.service.namespace}-${stream.service.name}-${stream.service.port}`;
	const last = ((context.memory.nginx?.balancers[key]?.last ?? -1) + 1) % Math.max(1, stream.endpoints.length);
	remember(context, ({balancers}) => ({balancers: {...balancers, [key]: {nodes: stream.endpoints.map(nodeOf), last}}}));
	const endpoint = stream.endpoints[last];
	const answer = endpoint ? (stream.protocol === 'UDP' ? askUdp : askTcp)(context, endpoint, bytes) : undefined;
	logSession(context, stream, peer.address, bytes.length, answer);
	return answer ?? {bytes: '', end: stream.protocol === 'UDP' ? 'timeout' : 'closed'};
}

interface Place {
	readonly address: string;
	readonly port: number;
}

function askTcp({machine}: NginxContext, {address, port}: Place, bytes: string): ServiceAnswer | undefined {
	const connection = machine.stack.connect(address, port);
	if (connection.outcome.kind !== 'connected') return undefined;
	const answer = connection.exchange(bytes);
	connection.close();
	return answer;
}

function askUdp({machine}: NginxContext, {address, port}: Place, bytes: string): ServiceAnswer | undefined {
	const {payload, delayMs} = machine.stack.exchange(address, port, bytes);
	return payload === undefined ? undefined : {bytes: payload, delayMs};
}

/** log-format-stream */
function logSession(context: NginxContext, {protocol}: Stream, client: string, received: number, answer: ServiceAnswer | undefined): void {
	const options = context.memory.nginx?.configuration.options;
	if (!options || options.disableAccessLog) return;
	const values: Readonly<Record<string, string>> = {
		remote_addr: client,
		time_local: accessTime(context.machine.sim.clock.now()),
		protocol,
		status: answer ? '200' : '502',
		bytes_sent: String(answer?.bytes.length ?? 0),
		bytes_received: String(received),
		session_time: seconds(answer?.delayMs ?? 0),
	};
	context.log(options.logFormatStream.replace(/\$(\w+)/g, (_, name: string) => values[name] ?? '-'));
}
