import {type Exchange, locationOf} from './exchange.js';
import {fetchUrl} from './fetch-url.js';
import {passedFields, requestBytes} from '../../nginx/upstream/upstream-request.js';
import {interpolate} from './variables.js';

/** mirror-target: the request goes there too, and nobody waits for the answer. */
export function mirror(exchange: Exchange): void {
	const settings = locationOf(exchange)?.mirror;
	if (!settings || settings.source === '' || settings.target === '' || settings.host === '') return;
	const {request, elapsedMs} = exchange;
	fetchUrl(exchange, interpolate(exchange, settings.target), target =>
		requestBytes({
			method: request.method,
			target,
			version: '1.0',
			set: [['Host', interpolate(exchange, settings.host)]],
			passed: passedFields(request.fields),
			body: settings.requestBody === 'off' ? '' : request.body,
		}),
	);
	exchange.elapsedMs = elapsedMs;
}
