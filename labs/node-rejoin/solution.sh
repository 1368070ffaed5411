# As in the text.
kubectl delete node k8s-node2
ssh k8s-node2 kubeadm reset -f
ssh k8s-node2 "$(kubeadm token create --print-join-command)"
kubectl rollout restart deployment web
