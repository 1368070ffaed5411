# The manifest edited, the rest by commands.
wget -q https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml
sed -i 's/- --metric-resolution=15s/&\n        - --kubelet-insecure-tls/' components.yaml
kubectl apply -f components.yaml
kubectl set resources deployment php-apache --requests=cpu=200m
kubectl autoscale deployment php-apache --cpu-percent=${percent} --min=1 --max=6
sleep 60
kubectl run load --image=busybox -- /bin/sh -c "while sleep 0.01; do wget -q -O- http://php-apache; done"
sleep 120
