# The machine still has the files of its earlier life: kubeadm join refuses.
# misses: member, work
kubectl drain k8s-node2 --ignore-daemonsets
kubectl delete node k8s-node2
ssh k8s-node2 "$(kubeadm token create --print-join-command)"
kubectl rollout restart deployment web
