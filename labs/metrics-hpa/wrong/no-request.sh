# Percent of a request that nobody made.
# misses: target, grows
wget -q https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml
sed -i 's/- --metric-resolution=15s/&\n        - --kubelet-insecure-tls/' components.yaml
kubectl apply -f components.yaml
kubectl autoscale deployment php-apache --cpu-percent=${percent} --min=1 --max=6
kubectl run load --image=busybox -- /bin/sh -c "while sleep 0.01; do wget -q -O- http://php-apache; done"
sleep 120
