import {canonical, milliValueOf, parseQuantity, printQuantity} from '../../api/values/quantity.js';

/** Defaults of pods and pod templates. Models pkg/apis/core/v1/defaults.go; the order of fields does not matter. */
export function defaultPod(pod: any): void {
	const spec = (pod.spec ??= {});
	defaultPodSpec(spec);
	spec.enableServiceLinks ??= true;
	for (const container of [...(spec.initContainers ?? []), ...(spec.containers ?? [])]) requestLimits(container.resources);
	if (spec.resources) requestLimits(spec.resources);
	if (pod.status) matchAddresses(pod.status);
}

/** The single address is the first of the list, and wins where they differ (pkg/apis/core/v1/conversion.go). */
function matchAddresses(status: any): void {
	const {podIP, podIPs = []} = status;
	if (podIP && podIPs[0]?.ip !== podIP) status.podIPs = [{ip: podIP}];
	else if (!podIP && podIPs[0]?.ip) status.podIP = podIPs[0].ip;
}

/** `spec.template` of workloads. Go prints the zero creationTimestamp of embedded metadata. */
export function defaultTemplate(template: any): void {
	template.metadata = {creationTimestamp: null, ...template.metadata};
	defaultPodSpec((template.spec ??= {}));
}

export function defaultPodSpec(spec: any): void {
	spec.restartPolicy ||= 'Always';
	spec.dnsPolicy ||= 'ClusterFirst';
	spec.terminationGracePeriodSeconds ??= 30;
	spec.securityContext ??= {};
	spec.schedulerName ||= 'default-scheduler';
	spec.serviceAccountName ||= spec.serviceAccount;
	if (spec.serviceAccountName) spec.serviceAccount = spec.serviceAccountName;
	else delete spec.serviceAccountName;
	for (const container of spec.initContainers ?? []) defaultContainer(container, spec.hostNetwork);
	for (const container of (spec.containers ??= [])) defaultContainer(container, spec.hostNetwork);
	for (const container of spec.ephemeralContainers ?? []) defaultContainer(container, false);
	for (const volume of spec.volumes ?? []) defaultVolume(volume);
	if (spec.overhead) roundUp(spec.overhead);
}

function defaultContainer(container: any, hostNetwork: boolean | undefined): void {
	container.imagePullPolicy ||= isLatest(container.image ?? '') ? 'Always' : 'IfNotPresent';
	container.terminationMessagePath ||= '/dev/termination-log';
	container.terminationMessagePolicy ||= 'File';
	container.resources ??= {};
	roundUp(container.resources.limits);
	roundUp(container.resources.requests);
	for (const port of container.ports ?? []) {
		port.protocol ||= 'TCP';
		if (hostNetwork) port.hostPort ||= port.containerPort;
	}

	for (const {valueFrom} of container.env ?? []) {
		if (valueFrom?.fieldRef) valueFrom.fieldRef.apiVersion ||= 'v1';
		if (valueFrom?.resourceFieldRef) valueFrom.resourceFieldRef.divisor ??= '0';
	}

	for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) if (probe) defaultProbe(probe);
	for (const handler of [container.lifecycle?.postStart, container.lifecycle?.preStop]) defaultHttpGet(handler?.httpGet);
}

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const domain =
	'(?:[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?';
/** Models github.com/distribution/reference. */
const reference = new RegExp(
	`^(?:${domain}/)?${component}(?:/${component})*(?::([\\w][\\w.-]{0,127}))?(@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$`,
);

/** No tag and no digest mean `latest`; what is no name of an image has neither. */
export function isLatest(image: string): boolean {
	const [whole, tag, digest] = reference.exec(image) ?? [];
	if (whole === undefined || /^[0-9a-f]{64}$/.test(image)) return false;
	return tag === undefined ? digest === undefined : tag === 'latest';
}

function defaultProbe(probe: any): void {
	probe.timeoutSeconds ||= 1;
	probe.periodSeconds ||= 10;
	probe.successThreshold ||= 1;
	probe.failureThreshold ||= 3;
	defaultHttpGet(probe.httpGet);
	if (probe.grpc) probe.grpc.service ??= '';
}

function defaultHttpGet(httpGet: any): void {
	if (!httpGet) return;
	httpGet.path ||= '/';
	httpGet.scheme ||= 'HTTP';
}

export function defaultVolume(volume: any): void {
	if (Object.keys(volume).every(key => key === 'name')) volume.emptyDir = {};
	for (const source of [volume.secret, volume.configMap, volume.downwardAPI, volume.projected]) if (source) source.defaultMode ??= 0o644;
	defaultDownward(volume.downwardAPI);
	for (const source of volume.projected?.sources ?? []) {
		defaultDownward(source.downwardAPI);
		if (source.serviceAccountToken) source.serviceAccountToken.expirationSeconds ??= 3600;
	}

	if (volume.hostPath) volume.hostPath.type ??= '';
	if (volume.iscsi) volume.iscsi.iscsiInterface ||= 'default';
	if (volume.rbd) Object.assign(volume.rbd, {pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring', ...volume.rbd});
	if (volume.azureDisk)
		Object.assign(volume.azureDisk, {cachingMode: 'ReadWrite', kind: 'Shared', fsType: 'ext4', readOnly: false, ...volume.azureDisk});
	if (volume.scaleIO) Object.assign(volume.scaleIO, {storageMode: 'ThinProvisioned', fsType: 'xfs', ...volume.scaleIO});
	if (volume.ephemeral?.volumeClaimTemplate) {
		const claim = volume.ephemeral.volumeClaimTemplate;
		claim.metadata = {creationTimestamp: null, ...claim.metadata};
		if (claim.spec) defaultClaimSpec(claim.spec);
	}

	if (volume.image) volume.image.pullPolicy ||= isLatest(volume.image.reference ?? '') ? 'Always' : 'IfNotPresent';
}

export function defaultClaimSpec(spec: any): void {
	spec.volumeMode ??= 'Filesystem';
	spec.resources ??= {};
	roundUp(spec.resources.limits);
	roundUp(spec.resources.requests);
}

function defaultDownward(source: any): void {
	for (const item of source?.items ?? []) {
		if (item.fieldRef) item.fieldRef.apiVersion ||= 'v1';
		if (item.resourceFieldRef) item.resourceFieldRef.divisor ??= '0';
	}
}

/** Nothing is finer than a thousandth; the text becomes canonical. */
export function roundUp(list: Record<string, string> | undefined): void {
	for (const name in list) {
		const text = canonical(list[name]!);
		try {
			const quantity = parseQuantity(text);
			list[name] = quantity.exponent < -3 ? printQuantity({digits: milliValueOf(quantity), exponent: -3, format: quantity.format}) : text;
		} catch {
			// Left for validation to refuse.
		}
	}
}

/** What is limited but not requested is requested as limited. */
function requestLimits(resources: any): void {
	for (const name in resources?.limits) (resources.requests ??= {})[name] ??= resources.limits[name];
}
