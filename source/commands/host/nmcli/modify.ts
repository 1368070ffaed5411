import {parseIpv4} from '../../../net/address.js';
import {ipv4Of, type Profile} from './profiles.js';

/** What can be set, and how the keyfile says it. */
const plain: Readonly<Record<string, readonly [section: string, key: string]>> = {
	'connection.id': ['connection', 'id'],
	'connection.interface-name': ['connection', 'interface-name'],
	'connection.autoconnect': ['connection', 'autoconnect'],
	'ipv4.method': ['ipv4', 'method'],
	'ipv6.method': ['ipv6', 'method'],
};

const isAddress = (text: string) => {
	const [address = '', bits = '32'] = text.split('/');
	return parseIpv4(address) !== undefined && /^\d+$/.test(bits) && Number(bits) <= 32;
};

/** One `setting.property value` of `connection modify`; a text is what is wrong with it, undefined: not simulated. */
export function modify(profile: Profile, name: string, value: string): Profile | string | undefined {
	const property = name.replace(/^[+-]/, '');
	const change = name.startsWith('+') ? 'add' : name.startsWith('-') ? 'remove' : 'set';
	const known = plain[property];
	if (known) {
		const text = property.endsWith('autoconnect') ? String(/^(?:yes|true|on|1)$/.test(value)) : value;
		return put(profile, known[0], {[known[1]]: text});
	}

	const {addresses, gateway, dns} = ipv4Of(profile);
	const items = value.split(/[\s,]+/).filter(Boolean);
	const merged = (old: readonly string[]) =>
		change === 'add' ? [...old, ...items] : change === 'remove' ? old.filter(each => !items.includes(each)) : items;
	switch (property) {
		case 'ipv4.address':
		case 'ipv4.addresses': {
			const wrong = items.find(item => !isAddress(item));
			if (wrong !== undefined) return `failed to modify ipv4.addresses: invalid IP address: ${wrong}.`;
			return withAddresses(profile, merged(addresses), gateway);
		}

		case 'ipv4.gateway':
			if (value !== '' && parseIpv4(value) === undefined) return `failed to modify ipv4.gateway: invalid IP address: ${value}.`;
			return withAddresses(profile, addresses, value || undefined);
		case 'ipv4.dns': {
			const wrong = items.find(item => parseIpv4(item) === undefined);
			if (wrong !== undefined) return `failed to modify ipv4.dns: '${wrong}' is not a valid IP address.`;
			return put(profile, 'ipv4', {
				dns: merged(dns)
					.map(item => `${item};`)
					.join(''),
			});
		}

		default:
			return /^(?:connection|ipv[46]|802-3-ethernet|ethernet)\.[\w-]+$/.test(property)
				? undefined
				: `invalid or not allowed setting '${property.split('.')[0]}': '${property.split('.')[0]}' not among [connection, 802-3-ethernet (ethernet), 802-1x, dcb, sriov, ethtool, match, ipv4, ipv6, hostname, link, tc, proxy].`;
	}
}

const put = (profile: Profile, section: string, pairs: Readonly<Record<string, string>>): Profile => ({
	...profile,
	sections: {...profile.sections, [section]: {...profile.sections[section], ...pairs}},
});

function withAddresses(profile: Profile, addresses: readonly string[], gateway: string | undefined): Profile {
	const others = Object.entries(profile.sections['ipv4'] ?? {}).filter(([key]) => !/^address|^gateway$/.test(key));
	const rows = addresses.map((address, index) => [`address${index + 1}`, index === 0 && gateway ? `${address},${gateway}` : address]);
	return {...profile, sections: {...profile.sections, ipv4: Object.fromEntries([...others, ...rows])}};
}
