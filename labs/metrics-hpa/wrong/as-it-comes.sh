# metrics-server as it comes trusts no kubelet; so nobody knows the load.
# misses: metrics, target, grows
wget -q https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml
kubectl apply -f components.yaml
kubectl set resources deployment php-apache --requests=cpu=200m
kubectl autoscale deployment php-apache --cpu-percent=${percent} --min=1 --max=6
sleep 60
