import java.net.InetSocketAddress;
import java.util.EnumSet;
import javax.servlet.DispatcherType;
import org.apache.solr.servlet.CoreContainerProvider;
import org.apache.solr.servlet.SolrDispatchFilter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.servlet.DefaultServlet;
import org.eclipse.jetty.servlet.ServletContextHandler;

/**
 * Solr in a Jetty of its own, reachable from this machine alone.
 * Run from source: java -Dsolr.port=8993 -Dsolr.solr.home=DIR -cp 'lib/*' SolrServer.java
 */
public class SolrServer {
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(System.getProperty("solr.port"));
        Server server = new Server(new InetSocketAddress("127.0.0.1", port));
        ServletContextHandler context =
            new ServletContextHandler(server, "/solr", ServletContextHandler.NO_SESSIONS);
        context.setResourceBase(System.getProperty("solr.install.dir"));
        context.addEventListener(new CoreContainerProvider());
        context.addFilter(SolrDispatchFilter.class, "/*", EnumSet.of(DispatcherType.REQUEST));
        // The filter needs a servlet behind it; this one lists and serves nothing.
        context.addServlet(DefaultServlet.class, "/").setInitParameter("dirAllowed", "false");
        server.setStopAtShutdown(true);
        server.setStopTimeout(10_000);
        server.start();
        server.join();
    }
}
