# One patch for the pod, one for the map, and a restart.
kubectl get secret vault -o jsonpath='{.data.PASSWORD}' | base64 -d > /root/password.txt
kubectl patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"myapp","env":[{"name":"COLOUR","valueFrom":{"configMapKeyRef":{"name":"settings","key":"colour"}}}],"envFrom":[{"secretRef":{"name":"vault"}}],"volumeMounts":[{"name":"settings","mountPath":"/etc/settings"}]}],"volumes":[{"name":"settings","configMap":{"name":"settings"}}]}}}}'
kubectl patch cm settings -p '{"data":{"colour":"${after}"}}'
kubectl rollout restart deployment web
