// A shop: a front that calls an API of two replicas, and a database that the API asks where the machine has one.
const string Quiet = "Logging__LogLevel__Microsoft.AspNetCore";
var builder = DistributedApplication.CreateBuilder(args);
var api = builder.AddProject<Projects.AspireShop_Service>("api").WithReplicas(2).WithEnvironment(Quiet, "Warning").WithHttpEndpoint().WithHttpHealthCheck("/health");
builder.AddProject<Projects.AspireShop_Service>("web").WithEnvironment(Quiet, "Warning").WithHttpEndpoint().WithHttpHealthCheck("/health").WithEnvironment("Sick", builder.Configuration["Sick"] ?? "").WithReference(api).WaitFor(api);
if (builder.Configuration["Postgres:Data"] is { } data)
{
    // As somebody else than root, who may not run it; in the foreground, so that Aspire sees it end.
    string[] asPostgres = ["--reuid=postgres", "--regid=postgres", "--clear-groups", builder.Configuration["Postgres:Program"]!, "-D", data, "-k", data, "-h", "127.0.0.1"];
    var postgres = builder.AddExecutable("postgres", "setpriv", data, asPostgres).WithEndpoint("tcp", endpoint => endpoint.UriScheme = "tcp");
    var address = postgres.GetEndpoint("tcp");
    postgres.WithArgs("-p", address.Property(EndpointProperty.TargetPort));
    var orders = builder.AddConnectionString("orders", ReferenceExpression.Create($"Host={address.Property(EndpointProperty.Host)};Port={address.Property(EndpointProperty.Port)};Username=postgres;Database=postgres;Timeout=15;Pooling=false"));
    api.WithReference(orders).WaitFor(postgres);
}

builder.Build().Run();
