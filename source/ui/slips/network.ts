import type {World} from '../../node/world.js';
import {type Rule, slip} from './slip.js';

interface Found {
	readonly name: string;
	readonly namespace: string | undefined;
	readonly address: string | undefined;
	readonly ports: readonly string[];
}

const servicesIn = (world: World): Found[] =>
	world.api.reader.list('services').map(({metadata, ...service}) => ({
		name: metadata.name,
		namespace: metadata.namespace,
		address: service['spec']?.clusterIP,
		ports: (service['spec']?.ports ?? []).map((each: {port: number}) => String(each.port)),
	}));

const proxyUnit: Rule = ({output}) =>
	/Unit kube-?proxy(?:\.service)? (?:could )?not (?:be )?found/.test(output) ? slip('slipProxyUnit') : undefined;

/** `curl web` on a host. In a pod the name would have been found. */
const dnsOnHost: Rule = ({output}, world) => {
	const asked = /Could not resolve host: ([\w-]+)(?:\.([\w-]+))?/.exec(output);
	if (!asked) return undefined;
	const [, name, namespace = 'default'] = asked;
	const address = servicesIn(world).find(each => each.name === name && each.namespace === namespace)?.address;
	return address && address !== 'None' ? slip('slipDnsOnHost', {address}) : undefined;
};

/** The address of a Service, but not one of its ports. */
const port: Rule = ({line, output}, world) => {
	if (!/\b(?:curl|wget|nc|telnet)\b/.test(line) || !/refused|timed out|[Tt]imeout|No route/.test(output)) return undefined;
	const [, address, asked = '80'] = /(\d+\.\d+\.\d+\.\d+)(?:[: ](\d+))?/.exec(line) ?? [];
	const service = address === undefined ? undefined : servicesIn(world).find(each => each.address === address);
	if (!service || service.ports.length === 0 || service.ports.includes(asked)) return undefined;
	return slip('slipPort', {service: service.name, ports: service.ports.join(', '), port: asked});
};

const ping: Rule = ({line, output}, world) => {
	const address = /\bping\b.*?(\d+\.\d+\.\d+\.\d+)/.exec(line)?.[1];
	if (address === undefined || !/100% packet loss|nreachable/.test(output)) return undefined;
	const service = servicesIn(world).find(each => each.address === address);
	return service ? slip('slipPing', {address: `${address}:${service.ports[0] ?? 80}`}) : undefined;
};

export const networkSlips: readonly Rule[] = [proxyUnit, dnsOnHost, port, ping];
