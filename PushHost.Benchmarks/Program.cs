using PushHost.Benchmarks.EndToEnd;

// Each benchmark runs what it measures in a process of its own; these are the children's entry points.
return args switch
{
    ["simulator", .. var rest] => await PushHost.Simulator.SimulatorProgram.RunAsync(rest, CancellationToken.None),
    ["reference-loop", var folder, var port, var messages] => await ReferenceLoop.RunAsync(folder, int.Parse(port), int.Parse(messages)),
    ["end-to-end", .. var rest] => await EndToEndBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        dotnet run -c Release --project PushHost.Benchmarks -- <benchmark>
          end-to-end [--devices N] [--in-flight N]   a send to N devices (100,000) through APNs, beside a bare HTTP/2 loop
        """);
    return 2;
}
