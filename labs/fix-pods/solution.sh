# Patches.
# if: image
kubectl set image deployment/web myapp=myapp:v1
# end
# if: memory
kubectl set resources deployment web --requests=memory=64Mi
# end
# if: node
kubectl label node k8s-node1 disk=ssd
# end
# if: crash
kubectl patch deployment web --type json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/command"}]'
# end
kubectl rollout status deployment web --timeout 60s
