# Four pods by hand: without load the autoscaler takes them away again.
# misses: target, grows
wget -q https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml
sed -i 's/- --metric-resolution=15s/&\n        - --kubelet-insecure-tls/' components.yaml
kubectl apply -f components.yaml
kubectl set resources deployment php-apache --requests=cpu=200m
kubectl autoscale deployment php-apache --cpu-percent=${percent} --min=2 --max=6
sleep 60
kubectl scale deployment php-apache --replicas 4
sleep 400
