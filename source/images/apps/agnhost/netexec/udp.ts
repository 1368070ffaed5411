import type {ServiceAnswer, ServiceRequest} from '../../../../net/socket.js';
import type {ProgramContext} from '../../../../node/program/program.js';
import {goLog} from '../../go/log.js';
import {hostPort} from '../../go/request.js';

/** What netexec's UDP server says to `hostname`, `echo <text>` and `clientip`; to all else it says nothing. */
export function serveUdp(context: ProgramContext, {bytes, peer}: ServiceRequest): ServiceAnswer {
	const text = bytes.trim().toLowerCase();
	const client = hostPort(peer);
	if (text === 'hostname') {
		goLog(context, 'Sending udp hostName response');
		return {bytes: context.machine.hostname};
	}

	if (text.startsWith('echo ')) {
		goLog(context, `Echoing ${text.slice(5)} to UDP client ${client}`);
		return {bytes: text.slice(5)};
	}

	if (text === 'clientip') {
		goLog(context, `Sending clientip back to UDP client ${client}`);
		return {bytes: client};
	}

	if (text !== '') goLog(context, `Unknown UDP command received from ${client}: ${text}`);
	return {bytes: '', end: 'timeout'};
}
