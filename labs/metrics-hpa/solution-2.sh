# The Deployment patched, the autoscaler from YAML.
kubectl apply -f https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml
kubectl -n kube-system patch deployment metrics-server --type json -p '[{"op":"add","path":"/spec/template/spec/containers/0/args/-","value":"--kubelet-insecure-tls"}]'
kubectl patch deployment php-apache -p '{"spec":{"template":{"spec":{"containers":[{"name":"php-apache","resources":{"requests":{"cpu":"200m"}}}]}}}}'
kubectl apply -f - <<'EOF'
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: php}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: php-apache}
  minReplicas: 1
  maxReplicas: 6
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: ${percent}}}
EOF
kubectl create deployment load --image=busybox -- /bin/sh -c "while true; do wget -q -O- http://php-apache; sleep 0.01; done"
sleep 180
