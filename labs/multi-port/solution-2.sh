# web by expose and a patch; names copied from kube-dns.
kubectl expose deployment web --port 80
kubectl patch svc web -p '{"spec":{"ports":[{"port":80,"name":"a","targetPort":"http"},{"port":8080,"name":"b","targetPort":"http"}]}}'
kubectl -n kube-system get svc kube-dns -o yaml | sed '/clusterIPs:/,+1d; /resourceVersion:/d; /uid:/d; s/name: kube-dns/name: names/; s/10.96.0.10/10.96.0.53/' | kubectl create -f -
