# web is old under another name; the Service by its own command; the pod is replaced by itself with another label; the API is asked to orphan.
kubectl get rc old -o yaml | sed -e 's/\bold\b/web/' -e '/uid:/d; /resourceVersion:/d' -e 's/replicas: 2/replicas: ${n}/' | kubectl create -f -
kubectl create service clusterip web --tcp=80
kubectl wait rc web --for=jsonpath='{.status.readyReplicas}'=${n}
pod=$(kubectl get pods -l app=web -o jsonpath='{.items[0].metadata.name}')
kubectl get pod $pod -o json | jq '.metadata.labels.app = "debug"' | kubectl replace -f -
kubectl delete --raw '/api/v1/namespaces/default/replicationcontrollers/old?propagationPolicy=Orphan'
