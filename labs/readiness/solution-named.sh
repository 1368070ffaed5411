# The probe asks a port by its name.
kubectl patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"myapp","ports":[{"name":"http","containerPort":80}],"readinessProbe":{"httpGet":{"path":"/","port":"http"}}}]}}}}'
kubectl rollout status deployment web
