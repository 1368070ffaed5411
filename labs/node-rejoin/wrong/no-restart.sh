# The node is back, but pods that run stay where they are.
# misses: work
kubectl delete node k8s-node2
ssh k8s-node2 kubeadm reset -f
ssh k8s-node2 "$(kubeadm token create --print-join-command)"
