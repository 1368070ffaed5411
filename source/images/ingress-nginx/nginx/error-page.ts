import {defaultOptions} from '../options.js';
import {chooseBackend} from './balancer.js';
import {type Exchange, locationOf, type Reply, reply} from './exchange.js';
import {signinReply} from './external-auth.js';
import {pass} from './proxy.js';
import {errorHeaders} from './proxy-headers.js';
import {interpolate} from './variables.js';

/** error_page: where a status leads instead of nginx's own page. */
export function replaceError(exchange: Exchange, given: Reply): Reply {
	if (exchange.redirected || given.status < 300 || (given.body !== undefined && !given.fromUpstream)) return given;
	const location = locationOf(exchange);
	if (given.fromUpstream && !intercepts(exchange)) return given;
	if (given.status === 401 && !given.fromUpstream) {
		const signin = signinReply(exchange);
		if (signin) return redirected(exchange, () => signin);
	}

	// A location with error pages of its own has none of the http block.
	const own = location !== undefined && (location.customHttpErrors.length > 0 || signinReply(exchange) !== undefined);
	const codes = own ? location.customHttpErrors : exchange.options.customHttpErrors;
	if (!codes.includes(given.status)) return given;
	return redirected(exchange, () => customPage(exchange, own ? location.defaultBackendUpstream : 'upstream-default-backend', given.status));
}

function redirected(exchange: Exchange, work: () => Reply): Reply {
	exchange.redirected = true;
	return work();
}

const intercepts = (exchange: Exchange): boolean => {
	const location = locationOf(exchange);
	if (location && location.customHttpErrors.length > 0) return !location.disableProxyInterceptErrors;
	return exchange.options.customHttpErrors.length > 0 && !exchange.options.disableProxyInterceptErrors;
};

/** `@custom_<upstream>_<code>` */
function customPage(exchange: Exchange, upstream: string, status: number): Reply {
	exchange.vars['proxy_upstream_name'] = upstream;
	const backend = chooseBackend(exchange);
	if (!backend) return reply(503);
	return pass(exchange, {
		backend,
		settings: {...defaultOptions.proxy, connectTimeout: 60},
		protocol: 'HTTP',
		version: '1.0',
		target: `/${exchange.args === '' ? '' : `?${exchange.args}`}`,
		set: [
			...errorHeaders(exchange, status),
			['X-Original-URI', exchange.request.target],
			['Host', interpolate(exchange, '$best_http_host')],
		],
	});
}
