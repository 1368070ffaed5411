# The file follows the map, the variable does not.
# misses: environment
kubectl get secret vault -o jsonpath='{.data.PASSWORD}' | base64 -d > /root/password.txt
kubectl patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"myapp","env":[{"name":"COLOUR","valueFrom":{"configMapKeyRef":{"name":"settings","key":"colour"}}}],"envFrom":[{"secretRef":{"name":"vault"}}],"volumeMounts":[{"name":"settings","mountPath":"/etc/settings"}]}],"volumes":[{"name":"settings","configMap":{"name":"settings"}}]}}}}'
kubectl rollout status deployment web
kubectl patch cm settings -p '{"data":{"colour":"${after}"}}'
sleep 120
