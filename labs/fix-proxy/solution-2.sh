# The editor; ipvs is as good as iptables.
# if: mode
KUBE_EDITOR="sed -i s/userspace/ipvs/" kubectl -n kube-system edit cm kube-proxy
kubectl -n kube-system rollout restart ds kube-proxy
# end
# if: selector
kubectl -n kube-system get ds kube-proxy -o yaml | sed '/kubernetes.io\/hostname: k8s-node1/d' | kubectl replace -f -
# end
sleep 60
