/** A kubeconfig for the real kubectl. JSON strings are YAML strings. */
export const kubeconfigOf = (server: string, authority: string, token: string): string =>
	`apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority-data: ${Buffer.from(authority).toString('base64')}
    server: ${server}
  name: kubelab
contexts:
- context:
    cluster: kubelab
    user: kubelab-admin
  name: kubelab
current-context: kubelab
users:
- name: kubelab-admin
  user:
    token: ${JSON.stringify(token)}
`;
