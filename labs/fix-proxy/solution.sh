# Each cause by hand.
# if: mode
kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/mode: "userspace"/mode: "iptables"/; s/mode: \\"userspace\\"/mode: \\"iptables\\"/' | kubectl apply -f -
kubectl -n kube-system delete pod -l k8s-app=kube-proxy
# end
# if: selector
kubectl -n kube-system patch ds kube-proxy --type json -p '[{"op":"remove","path":"/spec/template/spec/nodeSelector/kubernetes.io~1hostname"}]'
# end
kubectl -n kube-system rollout status ds kube-proxy --timeout 60s
