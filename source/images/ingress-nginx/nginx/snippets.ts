import {ConfigurationError} from '../../nginx/config/error.js';
import {notSimulated, parseText} from '../../nginx/config/configuration.js';
import {thirdPartyDirectives} from '../../nginx/config/directives.js';
import type {Configuration} from '../configuration.js';
import type {NginxContext} from './memory.js';

/** Says what a snippet, or an option of the ConfigMap, asks in vain. */
export function noteSnippets({machine}: NginxContext, {servers, options}: Configuration): void {
	const {notes} = machine.sim;
	const snippets = new Set([
		...servers.flatMap(({serverSnippet, locations}) => [serverSnippet, ...locations.map(each => each.configurationSnippet)]),
		options.mainSnippet,
		options.httpSnippet,
		options.serverSnippet,
		options.locationSnippet,
	]);
	for (const text of snippets)
		for (const name of namesIn(text)) if (!thirdPartyDirectives.has(name)) notes.notSimulated(`ingress-nginx: ${name} in a snippet`);
	if (options.useProxyProtocol) notes.notSimulated('ingress-nginx: use-proxy-protocol');
	if (options.enableBrotli) notes.notSimulated('ingress-nginx: enable-brotli');
	const locations = servers.flatMap(each => each.locations);
	for (const {rateLimit, backendProtocol, externalAuth} of locations) {
		if (rateLimit && rateLimit.rate > 0) notes.notSimulated('ingress-nginx: limit-rate');
		if (['GRPC', 'GRPCS', 'FCGI'].includes(backendProtocol)) notes.notSimulated(`ingress-nginx: backend-protocol: ${backendProtocol}`);
		if (externalAuth && externalAuth.cacheKey !== '') notes.notSimulated('ingress-nginx: auth-cache-key');
	}
}

/** A snippet that nginx cannot read would never have been loaded. */
function namesIn(text: string): ReadonlySet<string> {
	if (text === '') return new Set();
	try {
		return new Set(notSimulated(parseText(text, 'nginx.conf')));
	} catch (error) {
		if (!(error instanceof ConfigurationError)) throw error;
		return new Set();
	}
}
