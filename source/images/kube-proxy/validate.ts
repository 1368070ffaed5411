import {parsePrefix} from '../../net/address.js';
import type {ProxyConfig} from './config.js';

const schedulers = ['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'sh', 'dh', 'sed', 'nq', ''];
const localModes = ['BridgeInterface', 'ClusterCIDR', 'InterfaceNamePrefix', 'NodeCIDR', ''];

/** All that is wrong, as one text in the API machinery's words; undefined when nothing is. Models pkg/proxy/apis/config/validation. */
export function validateConfig(config: ProxyConfig): string | undefined {
	const errors: string[] = [];
	const invalid = (path: string, value: string, detail: string) =>
		errors.push(`KubeProxyConfiguration.${path}: Invalid value: ${JSON.stringify(value)}: ${detail}`);
	if (config.clusterCIDR) {
		for (const cidr of config.clusterCIDR.split(',')) {
			if (!isCidr(cidr))
				invalid('ClusterCIDR', config.clusterCIDR, 'must be a valid CIDR block (e.g. 10.100.0.0/16 or fde4:8dba:82e1::/48)');
		}
	}

	if (config.masqueradeBit < 0 || config.masqueradeBit > 31) {
		errors.push(
			`KubeProxyConfiguration.KubeProxyIPTablesConfiguration.MasqueradeBit: Invalid value: ${config.masqueradeBit}: must be within the range [0, 31]`,
		);
	}

	if (config.mode === 'ipvs' && !schedulers.includes(config.scheduler)) {
		const detail = `must be in [${schedulers.join(' ')}], blank means the default algorithm method (currently rr)`;
		invalid('KubeProxyIPVSConfiguration.Scheduler.Scheduler', config.scheduler, detail);
	}

	if (!['', 'iptables', 'ipvs', 'nftables'].includes(config.mode)) {
		const detail = 'must be iptables, ipvs, nftables or blank (blank means the best-available proxy [currently iptables])';
		invalid('Mode.ProxyMode', config.mode, detail);
	}

	if (!localModes.includes(config.detectLocalMode)) {
		errors.push(
			`KubeProxyConfiguration.DetectLocalMode: Unsupported value: ${JSON.stringify(config.detectLocalMode)}: supported values: ${localModes.map(mode => JSON.stringify(mode)).join(', ')}`,
		);
	}

	config.nodePortAddresses.forEach((address, i) => {
		if (address === 'primary') {
			if (config.nodePortAddresses.length > 1) invalid(`NodePortAddresses[${i}]`, address, "can't use both 'primary' and CIDRs");
		} else if (!isCidr(address)) {
			invalid(`NodePortAddresses[${i}]`, address, 'must be a valid CIDR block (e.g. 10.100.0.0/16 or fde4:8dba:82e1::/48)');
		}
	});
	if (errors.length === 0) return undefined;
	return errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`;
}

const isCidr = (text: string): boolean => text.includes('/') && (parsePrefix(text) !== undefined || /^[0-9a-fA-F:]+\/\d{1,3}$/.test(text));
