# With a token of one's own, typed on the node itself; the pods are made anew by deleting them.
kubectl delete node/k8s-node2
kubeadm token create abcdef.0123456789abcdef --ttl 1h
ssh k8s-node2
kubeadm reset --force
kubeadm join 172.25.254.100:6443 --token abcdef.0123456789abcdef --discovery-token-unsafe-skip-ca-verification
exit
kubectl delete pods -l app=web
