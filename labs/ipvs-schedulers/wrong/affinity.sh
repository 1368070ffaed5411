# The Service is made sticky instead; the scheduler stays round robin.
# misses: scheduler, sticky, weights
kubectl -n kube-system get cm kube-proxy -o yaml | sed 's/mode: ""/mode: "ipvs"/' | kubectl apply -f -
kubectl -n kube-system rollout restart ds kube-proxy
kubectl patch svc web -p '{"spec":{"sessionAffinity":"ClientIP"}}'
