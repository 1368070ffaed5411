/** Flags of v1.33 that a manifest may carry, by program; another one ends the program as Cobra would. */
const common =
	'v vmodule logging-format help version feature-gates tls-cert-file tls-private-key-file tls-cipher-suites tls-min-version bind-address secure-port cert-dir kubeconfig authentication-kubeconfig ' +
	'authorization-kubeconfig client-ca-file requestheader-client-ca-file requestheader-allowed-names requestheader-extra-headers-prefix requestheader-group-headers requestheader-username-headers ' +
	'profiling leader-elect leader-elect-lease-duration leader-elect-renew-deadline leader-elect-retry-period leader-elect-resource-lock leader-elect-resource-name leader-elect-resource-namespace ' +
	'contention-profiling authorization-always-allow-paths authentication-skip-lookup authentication-tolerate-lookup-failure authentication-token-webhook-cache-ttl kube-api-qps kube-api-burst show-hidden-metrics-for-version';

const own: Readonly<Record<string, string>> = {
	'kube-apiserver':
		'advertise-address allow-privileged authorization-mode authorization-config authentication-config enable-admission-plugins disable-admission-plugins admission-control-config-file ' +
		'enable-bootstrap-token-auth etcd-cafile etcd-certfile etcd-keyfile etcd-servers etcd-prefix etcd-compaction-interval etcd-servers-overrides kubelet-client-certificate kubelet-client-key ' +
		'kubelet-certificate-authority kubelet-preferred-address-types kubelet-timeout proxy-client-cert-file proxy-client-key-file service-account-issuer service-account-key-file ' +
		'service-account-signing-key-file service-account-jwks-uri service-account-lookup service-account-max-token-expiration service-account-extend-token-expiration service-cluster-ip-range ' +
		'service-node-port-range anonymous-auth api-audiences audit-log-path audit-log-maxage audit-log-maxbackup audit-log-maxsize audit-log-format audit-policy-file audit-webhook-config-file ' +
		'default-not-ready-toleration-seconds default-unreachable-toleration-seconds default-watch-cache-size delete-collection-workers enable-aggregator-routing enable-garbage-collector ' +
		'enable-priority-and-fairness encryption-provider-config event-ttl external-hostname goaway-chance identity-lease-duration-seconds livez-grace-period max-mutating-requests-inflight ' +
		'max-requests-inflight min-request-timeout oidc-issuer-url oidc-client-id oidc-username-claim oidc-groups-claim oidc-ca-file request-timeout runtime-config shutdown-delay-duration ' +
		'storage-backend storage-media-type token-auth-file tracing-config-file watch-cache watch-cache-sizes endpoint-reconciler-type cors-allowed-origins max-connection-bytes-per-sec ' +
		'permit-port-sharing permit-address-sharing strict-transport-security-directives enable-logs-handler authorization-webhook-config-file authentication-token-webhook-config-file',
	'kube-controller-manager':
		'allocate-node-cidrs cluster-cidr cluster-name cluster-signing-cert-file cluster-signing-key-file cluster-signing-duration controllers root-ca-file service-account-private-key-file ' +
		'service-cluster-ip-range use-service-account-credentials node-cidr-mask-size node-cidr-mask-size-ipv4 node-monitor-grace-period node-monitor-period node-startup-grace-period ' +
		'pod-eviction-timeout terminated-pod-gc-threshold horizontal-pod-autoscaler-sync-period horizontal-pod-autoscaler-downscale-stabilization concurrent-deployment-syncs ' +
		'concurrent-endpoint-syncs concurrent-service-syncs configure-cloud-routes cloud-provider enable-hostpath-provisioner large-cluster-size-threshold min-resync-period node-eviction-rate ' +
		'secondary-node-eviction-rate unhealthy-zone-threshold route-reconciliation-period attach-detach-reconcile-sync-period external-cloud-volume-plugin flex-volume-plugin-dir',
	'kube-scheduler': 'config master write-config-to pod-max-in-unschedulable-pods-duration',
};

export function unknownFlag(program: string, argv: readonly string[]): string | undefined {
	const known = new Set(`${common} ${own[program] ?? ''}`.split(' '));
	const word = argv.slice(1).find(each => each.startsWith('--') && !known.has(each.slice(2).split('=')[0]!));
	return word && `unknown flag: ${word.split('=')[0]}`;
}
