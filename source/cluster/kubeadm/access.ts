import type {KubeObject} from '../../api/object.js';
import {clusterRole, clusterRoleBinding, roleBinding} from '../bootstrap/rbac.js';
import {controllerRoles} from '../bootstrap/controller-roles.js';
import {ruleOf} from '../bootstrap/role-notation.js';

const joining = 'Group/system:bootstrappers:kubeadm:default-node-token';
const nodes = 'Group/system:nodes';

/** `kubeadm init` binds the group its admin.conf is in. */
export const kubeadmAdmins = (): KubeObject =>
	clusterRoleBinding('kubeadm:cluster-admins', 'cluster-admin', ['Group/kubeadm:cluster-admins']);

/** What joining nodes and their kubelets may do (cmd/kubeadm/app/phases/bootstraptoken, uploadconfig, addons/proxy). */
export function kubeadmAccess(): KubeObject[] {
	const csr = 'system:certificates.k8s.io:certificatesigningrequests';
	return [
		clusterRole('kubeadm:get-nodes', ['get | core | nodes']),
		clusterRoleBinding('kubeadm:get-nodes', 'kubeadm:get-nodes', [joining]),
		clusterRoleBinding('kubeadm:kubelet-bootstrap', 'system:node-bootstrapper', [joining]),
		clusterRoleBinding('kubeadm:node-autoapprove-bootstrap', `${csr}:nodeclient`, [joining]),
		clusterRoleBinding('kubeadm:node-autoapprove-certificate-rotation', `${csr}:selfnodeclient`, [nodes]),
		...readable('kube-system', 'kubeadm:nodes-kubeadm-config', 'kubeadm-config', [joining, nodes]),
		...readable('kube-system', 'kubeadm:kubelet-config', 'kubelet-config', [nodes, joining]),
		...readable('kube-system', 'kube-proxy', 'kube-proxy', [joining]),
		...readable('kube-public', 'kubeadm:bootstrap-signer-clusterinfo', 'cluster-info', ['User/system:anonymous']),
	];
}

const readable = (namespace: string, name: string, configMap: string, subjects: readonly string[]): KubeObject[] => [
	{
		apiVersion: 'rbac.authorization.k8s.io/v1',
		kind: 'Role',
		metadata: {name, namespace},
		rules: [ruleOf(`get | core | configmaps | ${configMap}`)],
	},
	roleBinding(namespace, name, name, subjects),
];

/** Without a cloud, nor a feature that is off, these do not start, and have no account. */
const idle = ['route-controller', 'service-controller', 'selinux-warning-controller'];

/** kubeadm runs kube-controller-manager with `--use-service-account-credentials`: every loop has an account of its own. */
export const controllerAccounts = (): KubeObject[] =>
	[...Object.keys(controllerRoles).filter(name => !idle.includes(name)), 'bootstrap-signer', 'token-cleaner'].map(name => ({
		apiVersion: 'v1',
		kind: 'ServiceAccount',
		metadata: {name, namespace: 'kube-system'},
	}));
