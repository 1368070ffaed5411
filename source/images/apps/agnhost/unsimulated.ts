/** What agnhost can do besides. */
export const unsimulated: readonly string[] = (
	'audit-proxy completion crd-conversion-webhook grpc-health-checking guestbook h2c-server help inclusterclient logs-generator mounttest mtlsclient mtlsserver ' +
	'net nettest no-snat-test no-snat-test-proxy nonewprivs openidmetadata podcertificatesigner port-forward-tester resource-consumer-controller ' +
	'tcp-reset tcp-server test-service-account-issuer-discovery vap webhook'
).split(' ');
