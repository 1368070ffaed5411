# There is no scheduler of that name: no kube-proxy starts.
# misses: scheduler, sticky, weights
kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/mode: ""/mode: "ipvs"/; s/scheduler: ""/scheduler: "hash"/' | kubectl apply -f -
kubectl -n kube-system rollout restart ds kube-proxy
