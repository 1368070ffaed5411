# Each cause by one command.
# if: scaled
kubectl -n kube-system scale deployment coredns --replicas 2
# end
# if: policy
kubectl -n kube-system delete netpol audit-2024
# end
# if: selector
kubectl -n kube-system patch svc kube-dns -p '{"spec":{"selector":{"k8s-app":"kube-dns"}}}'
# end
kubectl -n kube-system rollout status deployment coredns
