# Written back changed; the policy is completed instead of deleted.
# if: scaled
kubectl -n kube-system get deployment coredns -o yaml | sed 's/replicas: 0/replicas: 2/' | kubectl apply -f -
# end
# if: policy
kubectl -n kube-system patch netpol audit-2024 --type merge -p '{"spec":{"ingress":[{"ports":[{"port":9153},{"port":53,"protocol":"UDP"},{"port":53,"protocol":"TCP"}]}]}}'
# end
# if: selector
kubectl -n kube-system get svc kube-dns -o yaml | sed 's/k8s-app: coredns/k8s-app: kube-dns/' | kubectl replace -f -
# end
sleep 30
