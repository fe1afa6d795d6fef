// One WebGL program that draws every shape of a legend, so that a kind looks the same in small and in large graphs.
// Shapes are signed distances in the unit disc: negative inside.  Colours come from the graph, never from text.
import { NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

export const SHAPES = ["dot", "square", "triangle", "hexagon", "triangleDown", "star", "box", "diamond", "ring"];

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_at;
varying float v_unit;
varying float v_shape;
const float bias = 255.0 / 254.0;
void main() {
  float size = a_size * u_correctionRatio / u_sizeRatio * 4.0;
  vec2 away = size * vec2(cos(a_angle), sin(a_angle));
  gl_Position = vec4((u_matrix * vec3(a_position + away, 1)).xy, 0, 1);
  v_at = away / (size / 2.0);
  v_unit = u_correctionRatio * 2.0 / (size / 2.0);
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}
`;

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_at;
varying float v_unit;
varying float v_shape;
const vec4 transparent = vec4(0.0, 0.0, 0.0, 0.0);
float polygon(vec2 p, float n, float r) {
  float step = 6.2831853 / n;
  float a = atan(p.x, p.y) + step / 2.0;
  return length(p) * cos(mod(a, step) - step / 2.0) - r;
}
float star(vec2 p) {
  float step = 6.2831853 / 5.0;
  float a = abs(mod(atan(p.x, p.y) + step / 2.0, step) - step / 2.0);
  vec2 q = length(p) * vec2(cos(a), sin(a));
  vec2 tip = vec2(1.0, 0.0);
  vec2 dent = 0.45 * vec2(cos(step / 2.0), sin(step / 2.0));
  vec2 side = dent - tip;
  vec2 out_ = normalize(vec2(side.y, -side.x));
  return dot(q - tip, out_.x < 0.0 ? -out_ : out_);
}
float shape(vec2 p) {
  if (v_shape < 0.5) return length(p) - 0.9;
  if (v_shape < 1.5) return max(abs(p.x), abs(p.y)) - 0.8;
  if (v_shape < 2.5) return polygon(vec2(p.x, -p.y), 3.0, 0.5);
  if (v_shape < 3.5) return polygon(vec2(p.y, p.x), 6.0, 0.82);
  if (v_shape < 4.5) return polygon(p, 3.0, 0.5);
  if (v_shape < 5.5) return star(p);
  if (v_shape < 6.5) return max(abs(p.x) - 0.9, abs(p.y) - 0.45);
  if (v_shape < 7.5) return abs(p.x) + abs(p.y) - 0.95;
  return length(p) - 0.98;
}
void main() {
  float d = shape(v_at);
  #ifdef PICKING_MODE
  gl_FragColor = d > 0.0 ? transparent : v_color;
  #else
  float edge = smoothstep(-v_unit, v_unit, d);
  vec4 fill = v_color;
  // A group is a tinted disc with a firm rim; anything else has a thin dark rim that keeps neighbours apart.
  if (v_shape > 7.5) fill = mix(vec4(v_color.rgb * 0.22, 0.22) , v_color, smoothstep(-3.0 * v_unit - 0.03, -2.0 * v_unit - 0.02, d));
  gl_FragColor = mix(fill, transparent, edge);
  #endif
}
`;

export class ShapeProgram extends NodeProgram {
  getDefinition() {
    const { FLOAT, UNSIGNED_BYTE } = WebGLRenderingContext;
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: WebGLRenderingContext.TRIANGLES,
      UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix"],
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_angle", size: 1, type: FLOAT }],
      CONSTANT_DATA: [[0], [(2 * Math.PI) / 3], [(4 * Math.PI) / 3]],
    };
  }

  processVisibleItem(id, start, data) {
    const array = this.array;
    array[start++] = data.x;
    array[start++] = data.y;
    array[start++] = data.size;
    array[start++] = Math.max(0, SHAPES.indexOf(data.shape));
    array[start++] = floatColor(data.color);
    array[start++] = id;
  }

  setUniforms({ sizeRatio, correctionRatio, matrix }, { gl, uniformLocations }) {
    gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
    gl.uniform1f(uniformLocations.u_correctionRatio, correctionRatio);
    gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
  }
}
